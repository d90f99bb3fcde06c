//! Functions of `builtins` that iterate: `all any sum min max sorted len iter next aiter anext`.
//!
//! Those that take items of any iterable are step natives, so that a generator runs on the frame chain. `enumerate`, `zip`,
//! `map`, `filter` and `reversed` are classes, in `objects/iterator.rs`.
//!
//! Source: "Built-in Functions" of the Standard Library reference.

use std::cell::Cell;

use smallvec::smallvec;

use crate::code::{BinaryOperator, Comparison};
use crate::objects::advance;
use crate::objects::ctx::Ctx;
use crate::objects::heap::{Obj, Slot, alloc};
use crate::objects::iterator::{self, Iter, Walk, is_leaf, is_leaf_callable, walk_at_once, walk_with};
use crate::objects::native::{Action, Control, Input, NativeFrame, PyResult, Raised, Sink};
use crate::objects::suspension::{Progress, Role, Suspension};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::objects::{bytes, float, int, protocol, sort, string};

crate::natives! { pub(crate) static FUNCTIONS:
    /// Return True if bool(x) is True for all values x in the iterable.
    ///
    /// If the iterable is empty, return True.
    control function "all(iterable, /)" => |ctx, args| all_or_any(ctx, args, false);
    /// Return True if bool(x) is True for any x in the iterable.
    ///
    /// If the iterable is empty, return False.
    control function "any(iterable, /)" => |ctx, args| all_or_any(ctx, args, true);
    /// Return the sum of a 'start' value (default: 0) plus an iterable of numbers
    ///
    /// When the iterable is empty, return the start value.
    /// This function is intended specifically for use with numeric values and may
    /// reject non-numeric types.
    control function "sum(iterable, /, start=0)" => sum;
    /// min(iterable, *[, default=obj, key=func]) -> value
    /// min(arg1, arg2, *args, *[, key=func]) -> value
    ///
    /// With a single iterable argument, return its smallest item. The
    /// default keyword-only argument specifies an object to return if
    /// the provided iterable is empty.
    /// With two or more positional arguments, return the smallest argument.
    control function "min(*args, key=None, default=<unrepresentable>)" => |ctx, args| extreme(ctx, args, Comparison::Less);
    /// max(iterable, *[, default=obj, key=func]) -> value
    /// max(arg1, arg2, *args, *[, key=func]) -> value
    ///
    /// With a single iterable argument, return its biggest item. The
    /// default keyword-only argument specifies an object to return if
    /// the provided iterable is empty.
    /// With two or more positional arguments, return the largest argument.
    control function "max(*args, key=None, default=<unrepresentable>)" => |ctx, args| extreme(ctx, args, Comparison::Greater);
    /// Return a new list containing all items from the iterable in ascending order.
    ///
    /// A custom key function can be supplied to customize the sort order, and the
    /// reverse flag can be set to request the result in descending order.
    control function "sorted(iterable, /, *, key=None, reverse=False)" => sort::sorted;
    /// Return the number of items in a container.
    function "len(obj, /)" => len;
    /// iter(iterable) -> iterator
    /// iter(callable, sentinel) -> iterator
    ///
    /// Get an iterator from an object.
    /// In the first form, the argument must supply its own iterator, or be a sequence.
    /// In the second form, the callable is called until it returns the sentinel.
    function "iter(object, sentinel=<unrepresentable>, /)" => iter;
    /// next(iterator[, default])
    ///
    /// Return the next item from the iterator. If default is given and the iterator
    /// is exhausted, it is returned instead of raising StopIteration.
    resume function "next(iterator, default=<unrepresentable>, /)" => next;
    /// Return an AsyncIterator for an AsyncIterable object.
    function "aiter(async_iterable, /)" => aiter;
    /// Return the next item from the async iterator.
    ///
    /// If default is given and the async iterator is exhausted,
    /// it is returned instead of raising StopAsyncIteration.
    function "anext(async_iterator, default=<unrepresentable>, /)" => anext;
}

/// `all` and `any`: the truth of an item that decides.
fn all_or_any(ctx: &mut Ctx, args: &[Value], deciding: bool) -> PyResult<Control> {
    let mut decided = false;
    let rest = walk_at_once(ctx, &args[0], |ctx, item| {
        decided = protocol::truth(ctx, &item)? == deciding;
        Ok(!decided)
    })?;
    Ok(match rest {
        Some(iterator) => Control::Step(if deciding { any_step } else { all_step }, smallvec![iterator]),
        None => Control::Return(Value::bool(decided == deciding)),
    })
}

fn all_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    decide(ctx, frame, input, false)
}

fn any_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    decide(ctx, frame, input, true)
}

fn decide(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input, deciding: bool) -> PyResult<Action> {
    let mut decided = false;
    let sink = if deciding { undecided::<true> } else { undecided::<false> };
    let walked = walk_with(ctx, frame, input, 0, Some(sink), |ctx, item| {
        decided = protocol::truth(ctx, &item)? == deciding;
        Ok(!decided)
    })?;
    Ok(match walked {
        Walk::Wait(action) => action,
        Walk::Done => Action::Return(Value::bool(decided == deciding)),
    })
}

/// The sink of `all` and `any`: takes the plain values that do not decide.
fn undecided<const DECIDING: bool>(_: &Obj<NativeFrame>, item: Value) -> Option<Value> {
    let truth = item.as_bool().or_else(|| item.as_small_int().map(|i| i != 0));
    if item.is_none() && DECIDING || truth == Some(!DECIDING) { None } else { Some(item) }
}

/// A sum so far. It stays in machine integers, then in floats with a running compensation (Neumaier), as long as the
/// items allow, and never comes back from addition by `+`.
enum Total {
    Int(i64),
    /// Sum and lost low-order part.
    Float(f64, f64),
    Any(Value),
}

impl Total {
    fn start(value: Value) -> Total {
        if let Some(i) = value.as_small_int() {
            Total::Int(i)
        } else if let Some(f) = exact_float(&value) {
            Total::Float(f, 0.0)
        } else {
            Total::Any(value)
        }
    }

    fn value(&self) -> Value {
        match self {
            Total::Int(i) => int::from_i64(*i),
            Total::Float(sum, lost) => {
                // An infinite sum has no meaningful lost part, and a sum of -0.0 must keep its sign.
                float::new_float(if *lost != 0.0 && lost.is_finite() { sum + lost } else { *sum })
            }
            Total::Any(value) => value.clone(),
        }
    }

    /// What a frame keeps between two items: whether this is [`Total::Any`], the sum, the lost part.
    fn saved(&self) -> (bool, Value, Value) {
        match self {
            Total::Int(i) => (false, int::from_i64(*i), Value::NONE),
            Total::Float(sum, lost) => (false, float::new_float(*sum), float::new_float(*lost)),
            Total::Any(value) => (true, value.clone(), Value::NONE),
        }
    }

    /// Adds a float to a float sum.
    fn add_float(&mut self, x: f64) {
        if let Total::Float(sum, lost) = self {
            let (total, error) = add_with_error(*sum, x);
            *lost += error;
            *sum = total;
        }
    }

    fn add(&mut self, ctx: &mut Ctx, item: &Value) -> PyResult<()> {
        match self {
            Total::Int(sum) => {
                let number = item.as_small_int().or_else(|| item.as_bool().map(i64::from));
                if let Some(new) = number.and_then(|number| sum.checked_add(number)) {
                    *sum = new;
                    return Ok(());
                }
                // What comes of an int and an int is an int, though a large one: stay open for floats.
                let result = protocol::binary_op(ctx, BinaryOperator::Add, &self.value(), item)?;
                *self = match exact_float(&result) {
                    Some(f) => Total::Float(f, 0.0),
                    None => Total::Any(result),
                };
            }
            Total::Float(sum, _) => {
                if let Some(x) = exact_float(item) {
                    self.add_float(x);
                } else if let Some(i) = item.as_small_int().or_else(|| item.as_bool().map(i64::from)) {
                    *sum += i as f64;
                } else {
                    let result = protocol::binary_op(ctx, BinaryOperator::Add, &self.value(), item)?;
                    *self = Total::Any(result);
                }
            }
            Total::Any(value) => {
                let is_int = |value: &Value| {
                    int::is_int(value) && !value.header().is_some_and(|header| header.shape().is_user())
                };
                let was_int = is_int(value);
                let result = protocol::binary_op(ctx, BinaryOperator::Add, value, item)?;
                *self = match exact_float(&result) {
                    Some(f) if was_int => Total::Float(f, 0.0),
                    _ => Total::Any(result),
                };
            }
        }
        Ok(())
    }
}

/// The sum of two floats, and what was lost in rounding it.
#[inline(always)]
fn add_with_error(sum: f64, x: f64) -> (f64, f64) {
    let total = sum + x;
    (total, if sum.abs() >= x.abs() { (sum - total) + x } else { (x - total) + sum })
}

/// As [`add_with_error`], for numbers far from overflowing, of which none need be known to be the larger: Knuth's exact
/// sum, which takes no decision.
fn add_moderate(sum: f64, x: f64) -> (f64, f64) {
    let total = sum + x;
    let added = total - sum;
    (total, (sum - (total - added)) + (x - added))
}

fn exact_float(value: &Value) -> Option<f64> {
    if float::is_exact(value) { float::to_f64(value) } else { None }
}

fn len(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::length(ctx, &args[0]).map(int::from_usize)
}

fn sum(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let start = if args[1].is_empty() { int::from_i64(0) } else { args[1].clone() };
    let refused = if start.is_kind::<string::Str>() {
        Some("sum() can't sum strings [use ''.join(seq) instead]")
    } else if start.is_kind::<bytes::Bytes>() {
        Some("sum() can't sum bytes [use b''.join(seq) instead]")
    } else if start.is_kind::<bytes::ByteArray>() {
        Some("sum() can't sum bytearray [use b''.join(seq) instead]")
    } else {
        None
    };
    if let Some(message) = refused {
        // What is not iterable is reported first.
        protocol::iter(ctx, &args[0])?;
        return Err(ctx.type_error(message));
    }
    let mut total = Total::start(start);
    let rest = walk_at_once(ctx, &args[0], |ctx, item| total.add(ctx, &item).map(|()| true))?;
    Ok(match rest {
        Some(iterator) => {
            let (state, sum, lost) = total.saved();
            Control::Step(sum_step, smallvec![iterator, sum, lost, int::from_i64(i64::from(state))])
        }
        None => Control::Return(total.value()),
    })
}

/// Locals: iterator, sum, lost part of a float sum, and whether the sum is past being a plain number.
fn sum_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let is_any = frame.local(3).as_small_int() == Some(1);
    let mut total = if is_any {
        Total::Any(frame.local(1))
    } else {
        match (Total::start(frame.local(1)), exact_float(&frame.local(2))) {
            (Total::Float(sum, _), Some(lost)) => Total::Float(sum, lost),
            (total, _) => total,
        }
    };
    match walk_with(ctx, frame, input, 0, Some(sum_sink), |ctx, item| total.add(ctx, &item).map(|()| true))? {
        Walk::Done => Ok(Action::Return(total.value())),
        Walk::Wait(action) => {
            let (state, sum, lost) = total.saved();
            frame.set_local(1, sum);
            if !lost.is_none() {
                frame.set_local(2, lost);
            }
            if state && !is_any {
                frame.set_local(3, int::from_i64(1));
            }
            Ok(action)
        }
    }
}

/// What [`sum_step`] does with small ints and floats; first the frequent case, a float and another.
fn sum_sink(frame: &Obj<NativeFrame>, item: Value) -> Option<Value> {
    {
        let mut locals = frame.locals.borrow_mut();
        if let [_, sum, lost, is_any, ..] = &mut locals[..]
            && let Some(x) = sum.as_inline_float()
            && let Some(lost_so_far) = lost.as_inline_float()
            && let Some(y) = item.as_inline_float()
            && is_any.as_small_int() == Some(0)
        {
            let (total, error) = add_moderate(x, y);
            if let Some(total) = Value::inline_float(total)
                && let Some(error) = Value::inline_float(lost_so_far + error)
            {
                // None of the old values is an object, so there is nothing to drop.
                std::mem::forget(std::mem::replace(sum, total));
                std::mem::forget(std::mem::replace(lost, error));
                std::mem::forget(item);
                return None;
            }
        }
    }
    sum_other_numbers(frame, item)
}

#[inline(never)]
fn sum_other_numbers(frame: &Obj<NativeFrame>, item: Value) -> Option<Value> {
    let mut locals = frame.locals.borrow_mut();
    let [_, sum, lost, is_any, ..] = &mut locals[..] else { return Some(item) };
    if is_any.as_small_int() != Some(0) {
        return Some(item);
    }
    let new = match (sum.as_small_int(), item.as_small_int()) {
        (Some(x), Some(y)) => Value::small_int(x + y),
        (None, Some(y)) => match (sum.as_inline_float(), lost.as_inline_float()) {
            (Some(x), Some(_)) => Value::inline_float(x + y as f64),
            _ => None,
        },
        _ => None,
    };
    match new {
        Some(new) => {
            *sum = new;
            None
        }
        None => Some(item),
    }
}

/// States and locals of `min` and `max`.
mod best {
    /// An item was asked for.
    pub(super) const ITEM: u32 = 0;
    /// The key of an item was asked for.
    pub(super) const KEY: u32 = 1;
    /// Arguments; then what is iterated.
    pub(super) const SOURCE: usize = 0;
    pub(super) const KEY_FUNCTION: usize = 1;
    pub(super) const DEFAULT: usize = 2;
    pub(super) const ITEM_SO_FAR: usize = 3;
    pub(super) const KEY_SO_FAR: usize = 4;
    /// The item whose key was asked for.
    pub(super) const CANDIDATE: usize = 5;
}

/// `min` and `max`: keeps the first item whose key nobody's is better than.
fn extreme(ctx: &mut Ctx, args: &[Value], better: Comparison) -> PyResult<Control> {
    let name = extreme_name(better);
    let given = args[best::SOURCE].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    let default = &args[best::DEFAULT];
    let source = match given {
        [] => return Err(ctx.type_error(format!("{name} expected at least 1 argument, got 0"))),
        [iterable] => iterable,
        _ if !default.is_empty() => {
            return Err(
                ctx.type_error(format!("Cannot specify a default for {name}() with multiple positional arguments"))
            );
        }
        _ => &args[best::SOURCE],
    };
    let key = if args[best::KEY_FUNCTION].is_none() { Value::EMPTY } else { args[best::KEY_FUNCTION].clone() };
    let step = if better == Comparison::Less { min_step } else { max_step };
    if !key.is_empty() && !is_leaf_callable(&key) {
        return Ok(Control::Step(step, smallvec![source.clone(), key, default.clone()]));
    }
    let (mut item, mut item_key) = (Value::EMPTY, Value::EMPTY);
    let mut rest = None;
    if given.len() > 1 {
        for candidate in given {
            keep_better(ctx, better, &key, candidate.clone(), &mut item, &mut item_key)?;
        }
    } else {
        rest = walk_at_once(ctx, source, |ctx, candidate| {
            keep_better(ctx, better, &key, candidate, &mut item, &mut item_key)
        })?;
    }
    match rest {
        Some(iterator) => Ok(Control::Step(step, smallvec![iterator, key, default.clone(), item, item_key])),
        None => best_or_default(ctx, item, default.clone(), name).map(Control::Return),
    }
}

fn extreme_name(better: Comparison) -> &'static str {
    if better == Comparison::Less { "min" } else { "max" }
}

/// Compares a candidate with the best item so far; the answer is always to go on.
fn keep_better(
    ctx: &mut Ctx,
    better: Comparison,
    key: &Value,
    candidate: Value,
    item: &mut Value,
    item_key: &mut Value,
) -> PyResult<bool> {
    let own =
        if key.is_empty() { candidate.clone() } else { protocol::call(ctx, key, std::slice::from_ref(&candidate))? };
    if item.is_empty() || is_better(ctx, better, &own, item_key)? {
        (*item, *item_key) = (candidate, own);
    }
    Ok(true)
}

fn min_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    extreme_step(ctx, frame, input, Comparison::Less)
}

fn max_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    extreme_step(ctx, frame, input, Comparison::Greater)
}

fn extreme_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input, better: Comparison) -> PyResult<Action> {
    let key = frame.local(best::KEY_FUNCTION);
    if !key.is_empty() && !is_leaf_callable(&key) {
        return extreme_by_key(ctx, frame, input, better, &key);
    }
    let (mut item, mut item_key) = (frame.local(best::ITEM_SO_FAR), frame.local(best::KEY_SO_FAR));
    let sink = match (key.is_empty(), better) {
        (true, Comparison::Less) => Some(best_sink::<true> as Sink),
        (true, _) => Some(best_sink::<false> as Sink),
        (false, _) => None,
    };
    let walked = walk_with(ctx, frame, input, best::SOURCE, sink, |ctx, candidate| {
        keep_better(ctx, better, &key, candidate, &mut item, &mut item_key)
    })?;
    frame.set_local(best::ITEM_SO_FAR, item);
    frame.set_local(best::KEY_SO_FAR, item_key);
    match walked {
        Walk::Wait(action) => Ok(action),
        Walk::Done => finish_extreme(ctx, frame, extreme_name(better)),
    }
}

/// The sink of `min` and `max` without a key: compares ints and floats.
fn best_sink<const LEAST: bool>(frame: &Obj<NativeFrame>, item: Value) -> Option<Value> {
    let mut locals = frame.locals.borrow_mut();
    let (Some(best), true) = (locals.get(best::ITEM_SO_FAR), locals.len() > best::KEY_SO_FAR) else {
        return Some(item);
    };
    let replaces = match (best.as_small_int(), item.as_small_int()) {
        (Some(x), Some(y)) => (y < x) == LEAST && x != y,
        _ => match (best.as_inline_float(), item.as_inline_float()) {
            (Some(x), Some(y)) => {
                if LEAST {
                    y < x
                } else {
                    y > x
                }
            }
            _ => return Some(item),
        },
    };
    if replaces {
        locals[best::KEY_SO_FAR] = item.clone();
        locals[best::ITEM_SO_FAR] = item;
    }
    None
}

fn is_better(ctx: &mut Ctx, better: Comparison, key: &Value, so_far: &Value) -> PyResult<bool> {
    if let Some(answer) = protocol::compare::quick_compare(better, key, so_far) {
        return Ok(answer);
    }
    let answer = protocol::rich_compare(ctx, better, key, so_far)?;
    protocol::truth(ctx, &answer)
}

/// As [`extreme`], with a key function written in Python: it is called on the frame chain.
fn extreme_by_key(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: Input,
    better: Comparison,
    key: &Value,
) -> PyResult<Action> {
    let item = match input {
        Input::Raised => return Err(Raised(())),
        Input::Start => {
            let iterator = protocol::iter(ctx, &frame.local(best::SOURCE))?;
            frame.set_local(best::SOURCE, iterator);
            None
        }
        Input::Value(value) if frame.state.get() == best::KEY => {
            let candidate = frame.local(best::CANDIDATE);
            let so_far = frame.local(best::KEY_SO_FAR);
            if so_far.is_empty() || is_better(ctx, better, &value, &so_far)? {
                frame.set_local(best::ITEM_SO_FAR, candidate);
                frame.set_local(best::KEY_SO_FAR, value);
            }
            frame.state.set(best::ITEM);
            None
        }
        Input::Value(item) => Some(item),
        Input::Exhausted(_) => {
            return finish_extreme(ctx, frame, extreme_name(better));
        }
    };
    let iterator = frame.local(best::SOURCE);
    let item = match item {
        Some(item) => item,
        None if is_leaf(&iterator) => match protocol::next(ctx, &iterator)? {
            Some(item) => item,
            None => return finish_extreme(ctx, frame, extreme_name(better)),
        },
        None => return Ok(Action::Next(iterator)),
    };
    frame.set_local(best::CANDIDATE, item.clone());
    frame.state.set(best::KEY);
    Ok(Action::Call(key.clone(), smallvec![item]))
}

fn finish_extreme(ctx: &mut Ctx, frame: &Obj<NativeFrame>, name: &str) -> PyResult<Action> {
    let (item, default) = (frame.local(best::ITEM_SO_FAR), frame.local(best::DEFAULT));
    best_or_default(ctx, item, default, name).map(Action::Return)
}

fn best_or_default(ctx: &mut Ctx, item: Value, default: Value, name: &str) -> PyResult {
    match (item.is_empty(), default.is_empty()) {
        (false, _) => Ok(item),
        (true, false) => Ok(default),
        (true, true) => Err(ctx.value_error(format!("{name}() iterable argument is empty"))),
    }
}

fn iter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return protocol::iter(ctx, &args[0]);
    }
    if !protocol::is_callable(ctx, &args[0]) {
        return Err(ctx.type_error("iter(v, w): v must be callable"));
    }
    Ok(iterator::callable_iterator(ctx, &args[0], &args[1]))
}

/// `next`: a generator is resumed in place of the call; anything else is advanced by [`next_step`].
fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let (iterator, default) = (&args[0], &args[1]);
    if is_leaf(iterator) {
        return match protocol::next(ctx, iterator)? {
            Some(item) => Ok(Control::Return(item)),
            None if default.is_empty() => Err(ctx.stop_iteration(Value::NONE)),
            None => Ok(Control::Return(default.clone())),
        };
    }
    if default.is_empty() && protocol::iteration::is_plain_generator(iterator) {
        return Ok(Control::Resume(iterator.clone(), Value::NONE));
    }
    Ok(Control::Step(next_step, args.iter().cloned().collect()))
}

fn next_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let end = |ctx: &mut Ctx, value: Value| {
        let default = frame.local(1);
        if default.is_empty() { Err(ctx.stop_iteration(value)) } else { Ok(Action::Return(default)) }
    };
    match input {
        Input::Start => {
            let iterator = frame.local(0);
            let on_chain = iterator.is_kind::<Iter>() && advance::step_of(ctx, &iterator).is_some();
            if on_chain || protocol::iteration::is_plain_generator(&iterator) {
                return Ok(Action::Next(iterator));
            }
            // The StopIteration of any other iterator goes to the caller as it is, so its method is called.
            let Some(method) = protocol::lookup_special(ctx, &iterator, &ctx.names.__next__) else {
                return Err(protocol::type_mismatch(ctx, "'{}' object is not an iterator", &iterator));
            };
            let class = protocol::class_of(ctx, &iterator);
            let bound = protocol::attribute::bind(ctx, &method, &iterator, &class)?;
            Ok(Action::Call(bound, smallvec![]))
        }
        Input::Value(item) => Ok(Action::Return(item)),
        Input::Exhausted(value) => end(ctx, if value.is_empty() { Value::NONE } else { value }),
        Input::Raised => {
            let default = frame.local(1);
            if default.is_empty() || !ctx.raised_is(&ctx.exceptions.StopIteration) {
                return Err(Raised(()));
            }
            drop(ctx.take_raised(Raised(())));
            Ok(Action::Return(default))
        }
    }
}

fn aiter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = ctx.names.__aiter__.clone();
    let Some(iterator) = protocol::call_special(ctx, &args[0], &name, &[])? else {
        return Err(protocol::type_mismatch(ctx, "'{}' object is not an async iterable", &args[0]));
    };
    if protocol::lookup_special(ctx, &iterator, &ctx.names.__anext__).is_none() {
        return Err(protocol::type_mismatch(ctx, "aiter() returned not an async iterator of type '{}'", &iterator));
    }
    Ok(iterator)
}

fn anext(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = ctx.names.__anext__.clone();
    let Some(awaitable) = protocol::call_special(ctx, &args[0], &name, &[])? else {
        return Err(protocol::type_mismatch(ctx, "'{}' object is not an async iterator", &args[0]));
    };
    if args[1].is_empty() {
        return Ok(awaitable);
    }
    let suspension = Suspension {
        role: Role::AnextDefault,
        progress: Cell::new(Progress::Initial),
        target: Slot::new(awaitable),
        argument: Slot::new(args[1].clone()),
    };
    Ok(alloc(ctx.types.anext_awaitable.instance_shape.get(), suspension).into_value())
}
