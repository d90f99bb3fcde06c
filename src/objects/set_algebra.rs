//! What sets compute with each other: the operators, the methods of the same meaning, and comparison.
//!
//! Each operation builds its result in CPython's way, since the way decides the order of the items: what is copied, what is
//! iterated and which of the two is looked into.

use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::heap::{Obj, Ref};
use super::kind::Kind;
use super::native::{PyResult, receiver};
use super::protocol;
use super::set::{SHAPE_FROZENSET, Set, is_any_set, new_frozenset, new_set};
use super::shape::ShapeId;
use super::signals::Pace;
use super::tuple::Tuple;
use super::value::Value;
use crate::code::Comparison;

pub(super) fn payload(set: &Obj<Set>) -> &Set {
    set
}

/// The keys that two sets have in common, in CPython's order: that of the smaller one.
pub(super) fn common_keys(ctx: &mut Ctx, a: &Set, b: &Set) -> PyResult<Ref<Set>> {
    let result = new_set();
    let (small, large) = if b.len() > a.len() { (a, b) } else { (b, a) };
    let mut position = 0;
    while let Some((hash, key)) = small.next_entry(&mut position) {
        if large.contains_hashed(ctx, hash, &key)? {
            result.add_hashed(ctx, hash, key)?;
        }
    }
    Ok(result)
}

impl Obj<Set> {
    /// Whether this is a `frozenset` or an instance of a subclass.
    fn is_frozen(&self) -> bool {
        let shape = self.header().shape();
        shape == SHAPE_FROZENSET
            || shape != ShapeId::exact(Kind::Set)
                && shape.with_class(|class| {
                    class
                        .mro()
                        .iter()
                        .filter_map(Value::downcast_ref::<super::class::Class>)
                        .any(|class| class.instance_shape.get() == SHAPE_FROZENSET)
                })
    }

    /// A new empty set of the same built-in class.
    fn new_like(&self) -> Ref<Set> {
        if self.is_frozen() { new_frozenset() } else { new_set() }
    }

    /// A new set of the same built-in class with the same keys.
    pub fn copied(&self, ctx: &mut Ctx) -> PyResult<Ref<Set>> {
        let copy = self.new_like();
        copy.merge(ctx, self)?;
        Ok(copy)
    }

    /// `self & other` for any iterable.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn intersection(&self, ctx: &mut Ctx, other: &Value) -> PyResult<Ref<Set>> {
        if self.is(other) {
            return self.copied(ctx);
        }
        let result = self.new_like();
        if let Some(set) = other.downcast_ref::<Set>() {
            let (small, large): (&Set, &Set) = if set.len() > self.len() { (self, set) } else { (set, self) };
            let mut position = 0;
            while let Some((hash, key)) = small.next_entry(&mut position) {
                if large.contains_hashed(ctx, hash, &key)? {
                    result.add_hashed(ctx, hash, key)?;
                }
            }
            return Ok(result);
        }
        let iterator = protocol::iter(ctx, other)?;
        let mut pace = Pace::default();
        while let Some(key) = protocol::next(ctx, &iterator)? {
            pace.step(ctx)?;
            let hash = protocol::hash(ctx, &key)?;
            if self.contains_hashed(ctx, hash, &key)? {
                result.add_hashed(ctx, hash, key)?;
            }
        }
        Ok(result)
    }

    /// `self | other` for any iterable.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn union(&self, ctx: &mut Ctx, other: &Value) -> PyResult<Ref<Set>> {
        let result = self.copied(ctx)?;
        if !self.is(other) {
            result.update(ctx, other)?;
        }
        Ok(result)
    }

    /// `self - other` for any iterable.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn difference(&self, ctx: &mut Ctx, other: &Value) -> PyResult<Ref<Set>> {
        let set = other.downcast_ref::<Set>();
        let dict = other.downcast_ref::<Dict>().filter(|dict| dict::is_exact(dict));
        let other_length = match (set, dict) {
            (Some(set), _) => set.len(),
            (None, Some(dict)) => dict.len(),
            (None, None) => usize::MAX,
        };
        // Copy and remove, when there is little to remove or no way to look things up.
        if other_length == usize::MAX || self.len() >> 2 > other_length {
            let result = self.copied(ctx)?;
            result.difference_update(ctx, other)?;
            return Ok(result);
        }
        let result = self.new_like();
        let mut position = 0;
        while let Some((hash, key)) = self.next_entry(&mut position) {
            let found = match (set, dict) {
                (Some(set), _) => set.contains_hashed(ctx, hash, &key)?,
                (None, Some(dict)) => dict.get_hashed(ctx, hash, &key)?.is_some(),
                (None, None) => false,
            };
            if !found {
                result.add_hashed(ctx, hash, key)?;
            }
        }
        Ok(result)
    }

    /// `self ^ other` for any iterable.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn symmetric_difference(&self, ctx: &mut Ctx, other: &Value) -> PyResult<Ref<Set>> {
        let result = self.new_like();
        result.update(ctx, other)?;
        result.toggle_all(ctx, self)?;
        Ok(result)
    }
}

pub(super) fn others(args: &[Value]) -> &[Value] {
    args[1].downcast_ref::<Tuple>().map_or(&[], |tuple| tuple.items())
}

pub(super) fn intersection(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    intersect_all(ctx, set, others(args)).map(Ref::into_value)
}

pub(super) fn intersect_all(ctx: &mut Ctx, set: &Obj<Set>, others: &[Value]) -> PyResult<Ref<Set>> {
    let mut result: Option<Ref<Set>> = None;
    for other in others {
        result = Some(match &result {
            Some(set) => set.intersection(ctx, other)?,
            None => set.intersection(ctx, other)?,
        });
    }
    match result {
        Some(result) => Ok(result),
        None => set.copied(ctx),
    }
}

/// Exchanges the contents of two sets.
pub(super) fn swap(a: &Set, b: &Set) {
    a.changed();
    b.changed();
    a.table.swap(&b.table);
}

pub(super) fn intersection_update(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    let result = intersect_all(ctx, set, others(args))?;
    swap(set, &result);
    Ok(Value::NONE)
}

pub(super) fn difference(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    let Some((first, rest)) = others(args).split_first() else { return set.copied(ctx).map(Ref::into_value) };
    let result = set.difference(ctx, first)?;
    for other in rest {
        result.difference_update(ctx, other)?;
    }
    Ok(result.into_value())
}

pub(super) fn difference_update(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    for other in others(args) {
        set.difference_update(ctx, other)?;
    }
    Ok(Value::NONE)
}

pub(super) fn symmetric_difference(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Set>(ctx, args)?.symmetric_difference(ctx, &args[1]).map(Ref::into_value)
}

pub(super) fn symmetric_difference_update(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Set>(ctx, args)?.symmetric_difference_update(ctx, &args[1])?;
    Ok(Value::NONE)
}

/// A binary operator, which takes sets only.
pub(super) fn operator(
    ctx: &mut Ctx,
    left: &Value,
    right: &Value,
    compute: impl Fn(&Obj<Set>, &mut Ctx, &Value) -> PyResult<Ref<Set>>,
) -> PyResult {
    match left.downcast_ref::<Set>() {
        Some(set) if is_any_set(right) => compute(set, ctx, right).map(Ref::into_value),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn in_place_and(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if !is_any_set(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let result = set.intersection(ctx, &args[1])?;
    swap(set, &result);
    Ok(args[0].clone())
}

pub(super) fn in_place_or(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if !is_any_set(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    set.update(ctx, &args[1])?;
    Ok(args[0].clone())
}

pub(super) fn in_place_subtract(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if !is_any_set(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    set.difference_update(ctx, &args[1])?;
    Ok(args[0].clone())
}

pub(super) fn in_place_xor(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if !is_any_set(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    set.symmetric_difference_update(ctx, &args[1])?;
    Ok(args[0].clone())
}

pub(super) fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let a = receiver::<Set>(ctx, args)?;
    let Some(b) = args[1].downcast_ref::<Set>() else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::bool(match op {
        Comparison::Equal => same(ctx, a, b)?,
        Comparison::NotEqual => !same(ctx, a, b)?,
        Comparison::Less => a.len() < b.len() && a.is_subset_of(ctx, b)?,
        Comparison::LessEqual => a.is_subset_of(ctx, b)?,
        Comparison::Greater => a.len() > b.len() && b.is_subset_of(ctx, a)?,
        Comparison::GreaterEqual => b.is_subset_of(ctx, a)?,
    }))
}

pub(super) fn same(ctx: &mut Ctx, a: &Set, b: &Set) -> PyResult<bool> {
    if a.len() != b.len() || matches!((a.hash.get(), b.hash.get()), (Some(x), Some(y)) if x != y) {
        return Ok(false);
    }
    a.is_subset_of(ctx, b)
}

pub(super) fn is_disjoint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if let Some(other) = args[1].downcast_ref::<Set>() {
        if set.is(&args[1]) {
            return Ok(Value::bool(set.is_empty()));
        }
        let (small, large) = if other.len() > set.len() { (set, other) } else { (other, set) };
        let mut position = 0;
        while let Some((hash, key)) = small.next_entry(&mut position) {
            if large.contains_hashed(ctx, hash, &key)? {
                return Ok(Value::FALSE);
            }
        }
        return Ok(Value::TRUE);
    }
    let iterator = protocol::iter(ctx, &args[1])?;
    let mut pace = Pace::default();
    while let Some(key) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if set.contains(ctx, &key)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

pub(super) fn is_subset(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if let Some(other) = args[1].downcast_ref::<Set>() {
        return set.is_subset_of(ctx, other).map(Value::bool);
    }
    let common = set.intersection(ctx, &args[1])?;
    Ok(Value::bool(common.len() == set.len()))
}

pub(super) fn is_superset(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if let Some(other) = args[1].downcast_ref::<Set>() {
        return other.is_subset_of(ctx, set).map(Value::bool);
    }
    let iterator = protocol::iter(ctx, &args[1])?;
    let mut pace = Pace::default();
    while let Some(key) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if !set.contains(ctx, &key)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}
