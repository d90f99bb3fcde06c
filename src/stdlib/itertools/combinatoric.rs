//! `product`, `permutations`, `combinations`, `combinations_with_replacement`.
//!
//! Each keeps its pools of items and a row of indexes into them, and steps the indexes like an odometer: `advance`
//! changes them to the next row in lexicographic order, or says that there is none.

use std::cell::{Cell, RefCell};

use super::{pool, reduced};
use crate::objects::ctx::Ctx;
use crate::objects::iterator::{NativeIterator, new_iter};
use crate::objects::kind::Kind;
use crate::objects::native::{PyResult, shape_asked};
use crate::objects::sequence::{MAX_ITEMS, out_of_memory};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::objects::{int, protocol};

crate::natives! { pub(super) static PRODUCT:
    staticmethod "__new__(cls, /, *iterables, repeat=1)" => new_product;
}

crate::natives! { pub(super) static COMBINATIONS:
    staticmethod "__new__(cls, iterable, r)" => |ctx, args| new_combinations(ctx, args, Rule::Combinations);
}

crate::natives! { pub(super) static WITH_REPLACEMENT:
    staticmethod "__new__(cls, iterable, r)" => |ctx, args| new_combinations(ctx, args, Rule::WithReplacement);
}

crate::natives! { pub(super) static PERMUTATIONS:
    staticmethod "__new__(cls, iterable, r=None)" => new_permutations;
}

/// Which rows of indexes are given out.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    Product,
    Combinations,
    WithReplacement,
    Permutations,
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Fresh,
    Running,
    Done,
}

/// What all four run.
struct Rows {
    rule: Rule,
    /// One pool per place for `product`, else one for all places.
    pools: RefCell<Vec<Vec<Value>>>,
    indexes: RefCell<Vec<usize>>,
    /// For permutations: how many choices are left at each place.
    cycles: RefCell<Vec<usize>>,
    places: usize,
    progress: Cell<Progress>,
}

fn new_product(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let repeat = if args[2].is_empty() { 1 } else { protocol::as_isize(ctx, &args[2])? };
    if repeat < 0 {
        return Err(ctx.value_error("repeat argument cannot be negative"));
    }
    let iterables = args[1].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    if iterables.len().checked_mul(repeat as usize).is_none_or(|places| places > MAX_ITEMS / 8) {
        return Err(out_of_memory(ctx));
    }
    let mut once = Vec::with_capacity(iterables.len());
    if repeat > 0 {
        for iterable in iterables {
            once.push(pool(ctx, iterable)?);
        }
    }
    let pools: Vec<Vec<Value>> = (0..repeat).flat_map(|_| once.iter().cloned()).collect();
    let places = pools.len();
    let progress = if pools.iter().any(Vec::is_empty) { Progress::Done } else { Progress::Fresh };
    Ok(new_iter(shape, rows(Rule::Product, pools, vec![0; places], places, progress)).into_value())
}

fn rows(rule: Rule, pools: Vec<Vec<Value>>, indexes: Vec<usize>, places: usize, progress: Progress) -> Rows {
    Rows {
        rule,
        pools: RefCell::new(pools),
        indexes: RefCell::new(indexes),
        cycles: RefCell::default(),
        places,
        progress: Cell::new(progress),
    }
}

fn place_count(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    let places = protocol::as_isize(ctx, value)?;
    if places < 0 {
        return Err(ctx.value_error("r must be non-negative"));
    }
    Ok(places as usize)
}

fn new_combinations(ctx: &mut Ctx, args: &[Value], rule: Rule) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let places = protocol::as_isize(ctx, &args[2])?;
    let pool = pool(ctx, &args[1])?;
    if places < 0 {
        return Err(ctx.value_error("r must be non-negative"));
    }
    let places = places as usize;
    let none = if rule == Rule::Combinations { places > pool.len() } else { pool.is_empty() && places > 0 };
    if places > MAX_ITEMS / 8 && !none {
        return Err(out_of_memory(ctx));
    }
    let indexes = match (none, rule) {
        (true, _) => Vec::new(),
        (false, Rule::Combinations) => (0..places).collect(),
        (false, _) => vec![0; places],
    };
    let progress = if none { Progress::Done } else { Progress::Fresh };
    Ok(new_iter(shape, rows(rule, vec![pool], indexes, places, progress)).into_value())
}

fn new_permutations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let pool = pool(ctx, &args[1])?;
    let places = if args[2].is_none() || args[2].is_empty() {
        pool.len()
    } else if int::is_int(&args[2]) {
        place_count(ctx, &args[2])?
    } else {
        return Err(ctx.type_error("Expected int as r"));
    };
    let none = places > pool.len();
    let count = pool.len();
    let progress = if none { Progress::Done } else { Progress::Fresh };
    let source = rows(Rule::Permutations, vec![pool], (0..count).collect(), places, progress);
    if !none {
        *source.cycles.borrow_mut() = (0..places).map(|place| count - place).collect();
    }
    Ok(new_iter(shape, source).into_value())
}

impl Rows {
    /// Steps the indexes; false when the last row was given out.
    fn advance(&self) -> bool {
        let pools = self.pools.borrow();
        let mut indexes = self.indexes.borrow_mut();
        let size = pools.first().map_or(0, Vec::len);
        match self.rule {
            Rule::Product => {
                for place in (0..self.places).rev() {
                    indexes[place] += 1;
                    if indexes[place] < pools[place].len() {
                        return true;
                    }
                    indexes[place] = 0;
                }
                false
            }
            Rule::Combinations => {
                let Some(place) = (0..self.places).rev().find(|&place| indexes[place] != place + size - self.places)
                else {
                    return false;
                };
                indexes[place] += 1;
                for later in place + 1..self.places {
                    indexes[later] = indexes[later - 1] + 1;
                }
                true
            }
            Rule::WithReplacement => {
                let Some(place) = (0..self.places).rev().find(|&place| indexes[place] != size - 1) else {
                    return false;
                };
                let next = indexes[place] + 1;
                indexes[place..].fill(next);
                true
            }
            Rule::Permutations => {
                let mut cycles = self.cycles.borrow_mut();
                for place in (0..self.places).rev() {
                    cycles[place] -= 1;
                    if cycles[place] == 0 {
                        indexes[place..].rotate_left(1);
                        cycles[place] = size - place;
                    } else {
                        let other = size - cycles[place];
                        indexes.swap(place, other);
                        return true;
                    }
                }
                false
            }
        }
    }
}

impl NativeIterator for Rows {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        match self.progress.get() {
            Progress::Done => return Ok(None),
            Progress::Fresh => self.progress.set(Progress::Running),
            Progress::Running => {
                if !self.advance() {
                    self.progress.set(Progress::Done);
                    return Ok(None);
                }
            }
        }
        let (pools, indexes) = (self.pools.borrow(), self.indexes.borrow());
        let by_place = self.rule == Rule::Product;
        let row = (0..self.places).map(|place| pools[if by_place { place } else { 0 }][indexes[place]].clone());
        Ok(Some(new_tuple(row).into_value()))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.pools.borrow().iter().flatten().for_each(visit);
    }

    fn clear(&self) {
        self.progress.set(Progress::Done);
        let old = std::mem::take(&mut *self.pools.borrow_mut());
        drop(old);
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let pools = self.pools.borrow();
        let tuples: Vec<Value> = pools.iter().map(|pool| new_tuple(pool.clone()).into_value()).collect();
        if self.rule == Rule::Product {
            return Ok(reduced(ctx, this, tuples));
        }
        let pool = tuples.into_iter().next().unwrap_or(Value::NONE);
        Ok(reduced(ctx, this, [pool, int::from_usize(self.places)]))
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
