//! Module `_bisect`: the functions of `bisect`.
//!
//! Items are compared by `<` alone, in the order that `bisect` describes.
//!
//! Source: "bisect" of the Standard Library reference.

use crate::code::Comparison;
use crate::objects::ctx::Ctx;
use crate::objects::kind::Kind;
use crate::objects::list::List;
use crate::objects::native::PyResult;
use crate::objects::shape::ShapeId;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{int, module, protocol};

crate::natives! { static FUNCTIONS:
    /// Return the index where to insert item x in list a, assuming a is sorted.
    ///
    /// The return value i is such that all e in a[:i] have e <= x, and all e in
    /// a[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will
    /// insert just after the rightmost x already there.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    function "bisect_right(a, x, lo=0, hi=None, *, key=None)" => |ctx, args| bisect(ctx, args, Side::Right);
    /// Insert item x in list a, and keep it sorted assuming a is sorted.
    ///
    /// If x is already in a, insert it to the right of the rightmost x.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    function "insort_right(a, x, lo=0, hi=None, *, key=None)" => |ctx, args| insort(ctx, args, Side::Right);
    /// Return the index where to insert item x in list a, assuming a is sorted.
    ///
    /// The return value i is such that all e in a[:i] have e < x, and all e in
    /// a[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will
    /// insert just before the leftmost x already there.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    function "bisect_left(a, x, lo=0, hi=None, *, key=None)" => |ctx, args| bisect(ctx, args, Side::Left);
    /// Insert item x in list a, and keep it sorted assuming a is sorted.
    ///
    /// If x is already in a, insert it to the left of the leftmost x.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    function "insort_left(a, x, lo=0, hi=None, *, key=None)" => |ctx, args| insort(ctx, args, Side::Left);
}

/// Where an item goes among its equals.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "Bisection algorithms.\n\nThis module provides support for maintaining a list in sorted order without\nhaving to sort the list after each insertion. For long lists of items with\nexpensive comparison operations, this can be an improvement over the more\ncommon approach.\n";
    let module = module::new_module(ctx, "_bisect", Some(doc));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_bisect", def));
    }
    Ok(module.into_value())
}

fn bisect(ctx: &mut Ctx, args: &[Value], side: Side) -> PyResult {
    place(ctx, args, &args[1], side).map(int::from_usize)
}

fn insort(ctx: &mut Ctx, args: &[Value], side: Side) -> PyResult {
    let own_key = match key_function(args) {
        Some(key) => protocol::call(ctx, key, std::slice::from_ref(&args[1]))?,
        None => args[1].clone(),
    };
    let index = place(ctx, args, &own_key, side)?;
    let is_list = args[0].header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::List));
    if is_list && let Some(list) = args[0].downcast_ref::<List>() {
        let mut items = list.items.borrow_mut();
        let index = index.min(items.len());
        items.insert(index, args[1].clone());
        return Ok(Value::NONE);
    }
    protocol::call_method(ctx, &args[0], "insert", &[int::from_usize(index), args[1].clone()])?;
    Ok(Value::NONE)
}

fn key_function(args: &[Value]) -> Option<&Value> {
    Some(&args[4]).filter(|key| !key.is_empty() && !key.is_none())
}

/// Halves the part of the sequence that the arguments name.
fn place(ctx: &mut Ctx, args: &[Value], x: &Value, side: Side) -> PyResult<usize> {
    let sequence = &args[0];
    let low = if args[2].is_empty() { 0 } else { protocol::as_isize(ctx, &args[2])? };
    let high = if args[3].is_empty() || args[3].is_none() { -1 } else { protocol::as_isize(ctx, &args[3])? };
    let Ok(mut low) = usize::try_from(low) else { return Err(ctx.value_error("lo must be non-negative")) };
    let mut high = match high {
        -1 => protocol::length(ctx, sequence)?,
        high => high.max(0) as usize,
    };
    let is_list = sequence.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::List));
    let key = key_function(args);
    while low < high {
        let middle = low + (high - low) / 2;
        let item = match sequence.downcast_ref::<List>().filter(|_| is_list).and_then(|list| list.get(middle)) {
            Some(item) => item,
            None => protocol::get_item(ctx, sequence, &int::from_usize(middle))?,
        };
        let item = match key {
            Some(key) => protocol::call(ctx, key, std::slice::from_ref(&item))?,
            None => item,
        };
        let (left, right) = if side == Side::Left { (&item, x) } else { (x, &item) };
        let less = protocol::rich_compare(ctx, Comparison::Less, left, right)?;
        if protocol::truth(ctx, &less)? == (side == Side::Left) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
