//! Sorting: `list.sort` and `sorted`.
//!
//! The algorithm is timsort with the powersort merge policy, comparison for comparison the one of CPython, since `__lt__`
//! is the program's code and an inconsistent one (or NaN) shows in the result. Only `<` is asked. What is sorted are
//! numbers of items, not the items: a number is moved without touching a reference count, and whenever a comparison
//! raises, what there is is still a permutation. Lists of small integers or of `str` alone cannot show the difference and go
//! to Rust's stable sort.
//!
//! Keys are computed by a step native, so a key function may recurse and suspend like any call.
//!
//! Source: Tim Peters's `listsort.txt`; Munro and Wild, "Nearly-Optimal Mergesorts" (powersort).

use smallvec::smallvec;

use super::ctx::Ctx;
use super::heap::Obj;
use super::iterator::{Walk, ask_length, is_leaf_callable, list_sink, walk_at_once, walk_with};
use super::kind::Kind;
use super::list::{List, items_at_once, new_list};
use super::native::{Action, Control, Input, NativeFrame, PyResult, Raised};
use super::protocol;
use super::sequence;
use super::shape::ShapeId;
use super::string::{self, Str};
use super::tuple::Tuple;
use super::value::Value;
use crate::code::Comparison;

/// States of the two step natives.
mod state {
    /// Items of the iterable are being collected (`sorted`).
    pub(super) const COLLECT: u32 = 1;
    /// The key function is being called for the items.
    pub(super) const KEYS: u32 = 2;
}

/// Locals of the two step natives: the list (or iterable), key, reverse, then what they keep.
mod local {
    pub(super) const LIST: usize = 0;
    pub(super) const KEY: usize = 1;
    pub(super) const REVERSE: usize = 2;
    /// A list of the items while the list itself is empty.
    pub(super) const ITEMS: usize = 3;
    /// A list of the keys so far.
    pub(super) const KEYS: usize = 4;
}

/// `list.sort(*, key=None, reverse=False)`
pub(super) fn list_sort(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => start(ctx, frame, frame.local(local::LIST)),
        input => go_on(ctx, frame, input),
    }
}

/// `sorted(iterable, /, *, key=None, reverse=False)`
pub(crate) fn sorted(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let key = &args[local::KEY];
    let mut items = Vec::new();
    ask_length(ctx, &args[local::LIST])?;
    if key.is_empty() || key.is_none() || is_leaf_callable(key) {
        let rest = match items_at_once(&args[local::LIST]) {
            Some(all) => {
                items = all;
                None
            }
            None => walk_at_once(ctx, &args[local::LIST], |ctx, item| sequence::push(ctx, &mut items, item))?,
        };
        match rest {
            None => {
                let reverse = &args[local::REVERSE];
                let reverse = !reverse.is_empty() && protocol::truth(ctx, reverse)?;
                let (items, outcome) = if key.is_empty() || key.is_none() {
                    sort_items(ctx, items, reverse)
                } else {
                    let mut keys = Vec::with_capacity(items.len());
                    for item in &items {
                        keys.push(protocol::call(ctx, key, std::slice::from_ref(item))?);
                    }
                    sort_by_keys(ctx, items, keys, reverse)
                };
                outcome?;
                return Ok(Control::Return(new_list(items).into_value()));
            }
            Some(iterator) if items.is_empty() => {
                return Ok(Control::Step(sorted_step, smallvec![iterator, key.clone(), args[local::REVERSE].clone()]));
            }
            // An interrupt arrived in the middle of a long iterator.
            Some(iterator) => {
                let rest = protocol::collect(ctx, &iterator)?;
                items.extend(rest);
                let list = new_list(items).into_value();
                return Ok(Control::Step(sorted_step, smallvec![list, key.clone(), args[local::REVERSE].clone()]));
            }
        }
    }
    Ok(Control::Step(sorted_step, args.iter().cloned().collect()))
}

fn sorted_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        frame.state.set(state::COLLECT);
        let list = new_list(Vec::new()).into_value();
        frame.set_local(local::ITEMS, list);
    }
    if frame.state.get() != state::COLLECT {
        return go_on(ctx, frame, input);
    }
    let list = frame.local(local::ITEMS);
    let Some(items) = list.downcast_ref::<List>() else { return Err(Raised(())) };
    match walk_with(ctx, frame, input, local::LIST, Some(list_sink::<{ local::ITEMS }>), |ctx, item| {
        sequence::push(ctx, &mut items.items.borrow_mut(), item)
    })? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => {
            frame.set_local(local::LIST, list.clone());
            start(ctx, frame, list)
        }
    }
}

fn start(ctx: &mut Ctx, frame: &Obj<NativeFrame>, list: Value) -> PyResult<Action> {
    let reverse = frame.local(local::REVERSE);
    let reverse = !reverse.is_empty() && protocol::truth(ctx, &reverse)?;
    frame.set_local(local::REVERSE, Value::bool(reverse));
    let Some(payload) = list.downcast_ref::<List>() else { return Err(Raised(())) };
    let items = std::mem::take(&mut *payload.items.borrow_mut());
    let key = frame.local(local::KEY);
    if key.is_empty() || key.is_none() || items.is_empty() {
        let (items, outcome) = sort_items(ctx, items, reverse);
        return finish(ctx, frame, payload, items, outcome);
    }
    let is_leaf = is_leaf_callable(&key);
    if is_leaf {
        let mut keys = Vec::with_capacity(items.len());
        for item in &items {
            match protocol::call(ctx, &key, std::slice::from_ref(item)) {
                Ok(key) => keys.push(key),
                Err(raised) => return finish(ctx, frame, payload, items, Err(raised)),
            }
        }
        let (items, outcome) = sort_by_keys(ctx, items, keys, reverse);
        return finish(ctx, frame, payload, items, outcome);
    }
    let first = items[0].clone();
    let keys = new_list(Vec::with_capacity(items.len())).into_value();
    frame.set_local(local::ITEMS, new_list(items).into_value());
    frame.set_local(local::KEYS, keys);
    frame.state.set(state::KEYS);
    Ok(Action::Call(key, smallvec![first]))
}

/// Takes a key; asks for the next one, or sorts when there are as many keys as items.
fn go_on(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let list = frame.local(local::LIST);
    let (items, keys) = (frame.local(local::ITEMS), frame.local(local::KEYS));
    let (Some(list), Some(items), Some(keys)) =
        (list.downcast_ref::<List>(), items.downcast_ref::<List>(), keys.downcast_ref::<List>())
    else {
        return Err(Raised(()));
    };
    let outcome = match input {
        Input::Value(key) => {
            keys.push(key);
            match items.get(keys.len()) {
                Some(item) => return Ok(Action::Call(frame.local(local::KEY), smallvec![item])),
                None => Ok(()),
            }
        }
        Input::Start | Input::Exhausted(_) | Input::Raised => Err(Raised(())),
    };
    let items = std::mem::take(&mut *items.items.borrow_mut());
    if let Err(raised) = outcome {
        return finish(ctx, frame, list, items, Err(raised));
    }
    let keys = std::mem::take(&mut *keys.items.borrow_mut());
    let reverse = frame.local(local::REVERSE).as_bool() == Some(true);
    let (items, outcome) = sort_by_keys(ctx, items, keys, reverse);
    finish(ctx, frame, list, items, outcome)
}

/// Puts the items back. The list was empty meanwhile; if it is not now, or has got room for items, somebody used it.
fn finish(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    list: &Obj<List>,
    items: Vec<Value>,
    outcome: PyResult<()>,
) -> PyResult<Action> {
    let intruders = std::mem::replace(&mut *list.items.borrow_mut(), items);
    outcome?;
    if intruders.capacity() > 0 {
        return Err(ctx.value_error("list modified during sort"));
    }
    let is_sorted = frame.def.is_some_and(|def| def.name() == "sorted");
    Ok(Action::Return(if is_sorted { list.to_value() } else { Value::NONE }))
}

/// Sorts values by themselves. The values come back in any case: as far as they were sorted when a comparison raised.
pub fn sort_items(ctx: &mut Ctx, mut items: Vec<Value>, reverse: bool) -> (Vec<Value>, PyResult<()>) {
    if items.len() < 2 {
        return (items, Ok(()));
    }
    if reverse {
        items.reverse();
    }
    let outcome = match kind_of(&items) {
        Keys::Ints => {
            items.sort_by_key(|item| item.as_small_int());
            Ok(())
        }
        Keys::Strs => {
            items.sort_by(|a, b| string::compare(text(a), text(b)));
            Ok(())
        }
        kind => {
            let (order, outcome) = order_of(ctx, &items, kind);
            items = in_order(items, &order);
            outcome
        }
    };
    if reverse {
        items.reverse();
    }
    (items, outcome)
}

/// Sorts values by the keys that belong to them.
pub fn sort_by_keys(
    ctx: &mut Ctx,
    mut items: Vec<Value>,
    mut keys: Vec<Value>,
    reverse: bool,
) -> (Vec<Value>, PyResult<()>) {
    if reverse {
        items.reverse();
        keys.reverse();
    }
    let outcome = match kind_of(&keys) {
        Keys::Ints => {
            let numbers = keys.iter().map(|key| key.as_small_int().unwrap_or(0));
            let mut pairs: Vec<(i64, Value)> = numbers.zip(items).collect();
            pairs.sort_by_key(|pair| pair.0);
            items = pairs.into_iter().map(|pair| pair.1).collect();
            Ok(())
        }
        Keys::Strs => {
            let mut pairs: Vec<(&str, Value)> = keys.iter().map(text).zip(items).collect();
            pairs.sort_by(|a, b| string::compare(a.0, b.0));
            items = pairs.into_iter().map(|pair| pair.1).collect();
            Ok(())
        }
        kind => {
            let (order, outcome) = order_of(ctx, &keys, kind);
            items = in_order(items, &order);
            outcome
        }
    };
    if reverse {
        items.reverse();
    }
    (items, outcome)
}

/// What the keys are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    Ints,
    Floats,
    Strs,
    Any,
}

fn kind_of(keys: &[Value]) -> Keys {
    let Some(first) = keys.first() else { return Keys::Any };
    let is_str = |value: &Value| value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Str));
    if first.as_small_int().is_some() {
        if keys.iter().all(|key| key.as_small_int().is_some()) { Keys::Ints } else { Keys::Any }
    } else if first.as_inline_float().is_some() {
        if keys.iter().all(|key| key.as_inline_float().is_some()) { Keys::Floats } else { Keys::Any }
    } else if is_str(first) && keys.iter().all(is_str) {
        Keys::Strs
    } else {
        Keys::Any
    }
}

fn text(value: &Value) -> &str {
    value.downcast_ref::<Str>().map_or("", |text| text.as_str())
}

fn in_order(items: Vec<Value>, order: &[u32]) -> Vec<Value> {
    let mut items = items;
    order.iter().map(|index| std::mem::take(&mut items[*index as usize])).collect()
}

/// The numbers of the keys in sorted order. A permutation even when a comparison raises.
fn order_of(ctx: &mut Ctx, keys: &[Value], kind: Keys) -> (Vec<u32>, PyResult<()>) {
    let order: Vec<u32> = (0..keys.len() as u32).collect();
    if kind == Keys::Floats {
        let numbers: Vec<f64> = keys.iter().map(|key| key.as_inline_float().unwrap_or(0.0)).collect();
        let mut sorter = Sorter::new(order, |a, b| Ok(numbers[a as usize] < numbers[b as usize]));
        let outcome = sorter.run();
        return (sorter.order, outcome);
    }
    let mut sorter = Sorter::new(order, |a, b| less(ctx, &keys[a as usize], &keys[b as usize]));
    let outcome = sorter.run();
    (sorter.order, outcome)
}

/// `a < b`, with a short cut for tuples, which are frequent keys.
fn less(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult<bool> {
    if let Some(answer) = protocol::compare::quick_compare(Comparison::Less, a, b) {
        return Ok(answer);
    }
    let exact = ShapeId::exact(Kind::Tuple);
    if let (Some(x), Some(y)) = (a.downcast_ref::<Tuple>(), b.downcast_ref::<Tuple>())
        && x.header().shape() == exact
        && y.header().shape() == exact
    {
        for (p, q) in x.items().iter().zip(y.items()) {
            if !protocol::equal(ctx, p, q)? {
                if let Some(answer) = protocol::compare::quick_compare(Comparison::Less, p, q) {
                    return Ok(answer);
                }
                let result = protocol::rich_compare(ctx, Comparison::Less, p, q)?;
                return protocol::truth(ctx, &result);
            }
        }
        return Ok(x.len() < y.len());
    }
    let result = protocol::rich_compare(ctx, Comparison::Less, a, b)?;
    protocol::truth(ctx, &result)
}

const MIN_GALLOP: usize = 7;
const MAX_MINRUN: usize = 64;

/// A sorted stretch that waits to be merged.
#[derive(Clone, Copy)]
struct Run {
    base: usize,
    length: usize,
    /// Depth in the ideal merge tree of the boundary to the next run.
    power: u32,
}

struct Sorter<L: FnMut(u32, u32) -> PyResult<bool>> {
    order: Vec<u32>,
    less: L,
    pending: Vec<Run>,
    min_gallop: usize,
    scratch: Vec<u32>,
}

impl<L: FnMut(u32, u32) -> PyResult<bool>> Sorter<L> {
    fn new(order: Vec<u32>, less: L) -> Self {
        Sorter { order, less, pending: Vec::new(), min_gallop: MIN_GALLOP, scratch: Vec::new() }
    }

    fn run(&mut self) -> PyResult<()> {
        let length = self.order.len();
        if length < 2 {
            return Ok(());
        }
        let minrun = minrun(length);
        let mut low = 0;
        while low < length {
            let left = length - low;
            let mut count = self.count_run(low, left)?;
            if count < minrun {
                let forced = left.min(minrun);
                self.insertion_sort(low, forced, count)?;
                count = forced;
            }
            self.found_run(count)?;
            self.pending.push(Run { base: low, length: count, power: 0 });
            low += count;
        }
        while self.pending.len() > 1 {
            let mut at = self.pending.len() - 2;
            if at > 0 && self.pending[at - 1].length < self.pending[at + 1].length {
                at -= 1;
            }
            self.merge_at(at)?;
        }
        Ok(())
    }

    /// Binary insertion sort of `order[low..low + count]`, whose first `sorted` numbers are in order.
    fn insertion_sort(&mut self, low: usize, count: usize, sorted: usize) -> PyResult<()> {
        for place in low + sorted.max(1)..low + count {
            let pivot = self.order[place];
            let (mut left, mut right) = (low, place);
            while left < right {
                let middle = (left - low + right - low) / 2 + low;
                if (self.less)(pivot, self.order[middle])? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.order.copy_within(left..place, left + 1);
            self.order[left] = pivot;
        }
        Ok(())
    }

    /// Length of the run that begins at `low`, made ascending. A descending run may hold stretches of equal items: each
    /// is reversed on its own first, so that reversing the whole keeps their order.
    fn count_run(&mut self, low: usize, left: usize) -> PyResult<usize> {
        let mut n = 1;
        while n < left && !(self.less)(self.order[low + n], self.order[low + n - 1])? {
            n += 1;
        }
        if n == left {
            return Ok(n);
        }
        if n > 1 {
            if (self.less)(self.order[low], self.order[low + n - 1])? {
                return Ok(n);
            }
            self.order[low..low + n].reverse();
        }
        n += 1;
        let mut equal = 0;
        while n < left {
            let (current, previous) = (self.order[low + n], self.order[low + n - 1]);
            if (self.less)(current, previous)? {
                self.reverse_equal(low, n, &mut equal);
            } else if (self.less)(previous, current)? {
                break;
            } else {
                equal += 1;
            }
            n += 1;
        }
        self.reverse_equal(low, n, &mut equal);
        self.order[low..low + n].reverse();
        while n < left && !(self.less)(self.order[low + n], self.order[low + n - 1])? {
            n += 1;
        }
        Ok(n)
    }

    fn reverse_equal(&mut self, low: usize, n: usize, equal: &mut usize) {
        if *equal > 0 {
            self.order[low + n - *equal - 1..low + n].reverse();
            *equal = 0;
        }
    }

    /// Powersort: before a run is pushed, merges what lies deeper in the merge tree than the new boundary.
    fn found_run(&mut self, count: usize) -> PyResult<()> {
        let Some(last) = self.pending.last() else { return Ok(()) };
        let power = power(last.base, last.length, count, self.order.len());
        while self.pending.len() > 1 && self.pending[self.pending.len() - 2].power > power {
            self.merge_at(self.pending.len() - 2)?;
        }
        if let Some(last) = self.pending.last_mut() {
            last.power = power;
        }
        Ok(())
    }

    fn merge_at(&mut self, at: usize) -> PyResult<()> {
        let (a, b) = (self.pending[at], self.pending[at + 1]);
        self.pending[at].length = a.length + b.length;
        // The new run takes over the boundary behind it.
        self.pending.remove(at + 1);
        let (mut base_a, mut count_a) = (a.base, a.length);
        let (base_b, count_b) = (b.base, b.length);
        let skipped = gallop_right(&mut self.less, self.order[base_b], &self.order[base_a..base_a + count_a], 0)?;
        base_a += skipped;
        count_a -= skipped;
        if count_a == 0 {
            return Ok(());
        }
        let count_b = gallop_left(
            &mut self.less,
            self.order[base_a + count_a - 1],
            &self.order[base_b..base_b + count_b],
            count_b - 1,
        )?;
        if count_b == 0 {
            return Ok(());
        }
        if count_a <= count_b {
            self.merge_low(base_a, count_a, base_b, count_b)
        } else {
            self.merge_high(base_a, count_a, base_b, count_b)
        }
    }

    /// Merges neighbouring runs from the left; the shorter first run is moved aside.
    fn merge_low(&mut self, base_a: usize, count_a: usize, base_b: usize, count_b: usize) -> PyResult<()> {
        self.scratch.clear();
        self.scratch.extend_from_slice(&self.order[base_a..base_a + count_a]);
        let mut merge = Merge { dest: base_a, a: 0, b: base_b, left_a: count_a, left_b: count_b };
        let outcome = self.merge_low_loop(&mut merge);
        // What is left of the first run goes to the gap; when a comparison raised, this keeps the permutation. When one
        // number of it is left, it goes behind the rest of the second run.
        if matches!(outcome, Ok(true)) {
            self.order.copy_within(merge.b..merge.b + merge.left_b, merge.dest);
            self.order[merge.dest + merge.left_b] = self.scratch[merge.a];
        } else {
            self.order[merge.dest..merge.dest + merge.left_a]
                .copy_from_slice(&self.scratch[merge.a..merge.a + merge.left_a]);
        }
        outcome.map(drop)
    }

    /// True when one number of the first run and some of the second are left, false when a run is used up.
    fn merge_low_loop(&mut self, m: &mut Merge) -> PyResult<bool> {
        m.take_b_forward(&mut self.order, 1);
        if m.left_b == 0 {
            return Ok(false);
        }
        if m.left_a == 1 {
            return Ok(true);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut wins_a, mut wins_b) = (0, 0);
            // One pair at a time until one run wins often.
            loop {
                if (self.less)(self.order[m.b], self.scratch[m.a])? {
                    m.take_b_forward(&mut self.order, 1);
                    wins_b += 1;
                    wins_a = 0;
                    if m.left_b == 0 {
                        return Ok(false);
                    }
                    if wins_b >= min_gallop {
                        break;
                    }
                } else {
                    m.take_a_forward(&mut self.order, &self.scratch, 1);
                    wins_a += 1;
                    wins_b = 0;
                    if m.left_a == 1 {
                        return Ok(true);
                    }
                    if wins_a >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= (min_gallop > 1) as usize;
                self.min_gallop = min_gallop;
                wins_a = gallop_right(&mut self.less, self.order[m.b], &self.scratch[m.a..m.a + m.left_a], 0)?;
                if wins_a > 0 {
                    m.take_a_forward(&mut self.order, &self.scratch, wins_a);
                    if m.left_a == 1 {
                        return Ok(true);
                    }
                    // Only an inconsistent comparison gets here.
                    if m.left_a == 0 {
                        return Ok(false);
                    }
                }
                m.take_b_forward(&mut self.order, 1);
                if m.left_b == 0 {
                    return Ok(false);
                }
                wins_b = gallop_left(&mut self.less, self.scratch[m.a], &self.order[m.b..m.b + m.left_b], 0)?;
                if wins_b > 0 {
                    m.take_b_forward(&mut self.order, wins_b);
                    if m.left_b == 0 {
                        return Ok(false);
                    }
                }
                m.take_a_forward(&mut self.order, &self.scratch, 1);
                if m.left_a == 1 {
                    return Ok(true);
                }
                if wins_a < MIN_GALLOP && wins_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Merges neighbouring runs from the right; the shorter second run is moved aside.
    fn merge_high(&mut self, base_a: usize, count_a: usize, base_b: usize, count_b: usize) -> PyResult<()> {
        self.scratch.clear();
        self.scratch.extend_from_slice(&self.order[base_b..base_b + count_b]);
        // Here `dest` is one past the place to fill, `a` the base of the first run, and `b` is not used.
        let mut merge = Merge { dest: base_b + count_b, a: base_a, b: 0, left_a: count_a, left_b: count_b };
        let outcome = self.merge_high_loop(&mut merge);
        if matches!(outcome, Ok(true)) {
            let from = merge.a;
            self.order.copy_within(from..from + merge.left_a, merge.dest - merge.left_a);
            self.order[merge.dest - merge.left_a - 1] = self.scratch[0];
        } else {
            self.order[merge.dest - merge.left_b..merge.dest].copy_from_slice(&self.scratch[..merge.left_b]);
        }
        outcome.map(drop)
    }

    /// True when one number of the second run and some of the first are left, false when a run is used up.
    fn merge_high_loop(&mut self, m: &mut Merge) -> PyResult<bool> {
        m.take_a_backward(&mut self.order, 1);
        if m.left_a == 0 {
            return Ok(false);
        }
        if m.left_b == 1 {
            return Ok(true);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut wins_a, mut wins_b) = (0, 0);
            loop {
                if (self.less)(self.scratch[m.left_b - 1], self.order[m.a + m.left_a - 1])? {
                    m.take_a_backward(&mut self.order, 1);
                    wins_a += 1;
                    wins_b = 0;
                    if m.left_a == 0 {
                        return Ok(false);
                    }
                    if wins_a >= min_gallop {
                        break;
                    }
                } else {
                    m.take_b_backward(&mut self.order, &self.scratch, 1);
                    wins_b += 1;
                    wins_a = 0;
                    if m.left_b == 1 {
                        return Ok(true);
                    }
                    if wins_b >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= (min_gallop > 1) as usize;
                self.min_gallop = min_gallop;
                let key = self.scratch[m.left_b - 1];
                wins_a = m.left_a - gallop_right(&mut self.less, key, &self.order[m.a..m.a + m.left_a], m.left_a - 1)?;
                if wins_a > 0 {
                    m.take_a_backward(&mut self.order, wins_a);
                    if m.left_a == 0 {
                        return Ok(false);
                    }
                }
                m.take_b_backward(&mut self.order, &self.scratch, 1);
                if m.left_b == 1 {
                    return Ok(true);
                }
                let key = self.order[m.a + m.left_a - 1];
                wins_b = m.left_b - gallop_left(&mut self.less, key, &self.scratch[..m.left_b], m.left_b - 1)?;
                if wins_b > 0 {
                    m.take_b_backward(&mut self.order, &self.scratch, wins_b);
                    if m.left_b == 1 {
                        return Ok(true);
                    }
                    // Only an inconsistent comparison gets here.
                    if m.left_b == 0 {
                        return Ok(false);
                    }
                }
                m.take_a_backward(&mut self.order, 1);
                if m.left_a == 0 {
                    return Ok(false);
                }
                if wins_a < MIN_GALLOP && wins_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }
}

/// Where `key` belongs in a sorted run, before anything equal to it. The search starts at `hint`.
fn gallop_left(
    less: &mut impl FnMut(u32, u32) -> PyResult<bool>,
    key: u32,
    run: &[u32],
    hint: usize,
) -> PyResult<usize> {
    let (mut last, mut offset) = (0, 1);
    let (mut low, mut high);
    if less(run[hint], key)? {
        let most = run.len() - hint;
        while offset < most && less(run[hint + offset], key)? {
            last = offset;
            offset = offset * 2 + 1;
        }
        (low, high) = (hint + last + 1, hint + offset.min(most));
    } else {
        let most = hint + 1;
        while offset < most && !less(run[hint - offset], key)? {
            last = offset;
            offset = offset * 2 + 1;
        }
        (low, high) = (hint + 1 - offset.min(most), hint - last);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if less(run[middle], key)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

/// Where `key` belongs in a sorted run, behind anything equal to it. The search starts at `hint`.
fn gallop_right(
    less: &mut impl FnMut(u32, u32) -> PyResult<bool>,
    key: u32,
    run: &[u32],
    hint: usize,
) -> PyResult<usize> {
    let (mut last, mut offset) = (0, 1);
    let (mut low, mut high);
    if less(key, run[hint])? {
        let most = hint + 1;
        while offset < most && less(key, run[hint - offset])? {
            last = offset;
            offset = offset * 2 + 1;
        }
        (low, high) = (hint + 1 - offset.min(most), hint - last);
    } else {
        let most = run.len() - hint;
        while offset < most && !less(key, run[hint + offset])? {
            last = offset;
            offset = offset * 2 + 1;
        }
        (low, high) = (hint + last + 1, hint + offset.min(most));
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if less(key, run[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(high)
}

/// How far a merge has come.
struct Merge {
    dest: usize,
    a: usize,
    b: usize,
    left_a: usize,
    left_b: usize,
}

impl Merge {
    fn take_a_forward(&mut self, order: &mut [u32], scratch: &[u32], count: usize) {
        order[self.dest..self.dest + count].copy_from_slice(&scratch[self.a..self.a + count]);
        self.dest += count;
        self.a += count;
        self.left_a -= count;
    }

    fn take_b_forward(&mut self, order: &mut [u32], count: usize) {
        order.copy_within(self.b..self.b + count, self.dest);
        self.dest += count;
        self.b += count;
        self.left_b -= count;
    }

    fn take_a_backward(&mut self, order: &mut [u32], count: usize) {
        let end = self.a + self.left_a;
        order.copy_within(end - count..end, self.dest - count);
        self.dest -= count;
        self.left_a -= count;
    }

    fn take_b_backward(&mut self, order: &mut [u32], scratch: &[u32], count: usize) {
        order[self.dest - count..self.dest].copy_from_slice(&scratch[self.left_b - count..self.left_b]);
        self.dest -= count;
        self.left_b -= count;
    }
}

/// Runs shorter than this are extended, so that the number of runs is close to a power of two.
fn minrun(mut length: usize) -> usize {
    let mut rest = 0;
    while length >= MAX_MINRUN {
        rest |= length & 1;
        length >>= 1;
    }
    length + rest
}

/// The depth in the ideal merge tree of the boundary between a run at `start` of `first` items and one of `second`.
fn power(start: usize, first: usize, second: usize, length: usize) -> u32 {
    let mut a = 2 * start + first;
    let mut b = a + first + second;
    let mut result = 0;
    loop {
        result += 1;
        if a >= length {
            a -= length;
            b -= length;
        } else if b >= length {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}
