//! Module `_heapq`: the inner functions of `heapq`.
//!
//! A list is a heap when no item is smaller than the one at half its index. Sifting moves an item to its place; the comparisons
//! are the ones that `heapq` describes, in its order, and a list whose size changes under a comparison raises.
//!
//! Source: "heapq" of the Standard Library reference.

use crate::code::Comparison;
use crate::objects::ctx::Ctx;
use crate::objects::heap::Obj;
use crate::objects::list::List;
use crate::objects::native::PyResult;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{module, protocol};

crate::natives! { static FUNCTIONS:
    /// Push item onto heap, maintaining the heap invariant.
    function "heappush(heap, item, /)" => push;
    /// Push item on the heap, then pop and return the smallest item from the heap.
    ///
    /// The combined action runs more efficiently than heappush() followed by
    /// a separate call to heappop().
    function "heappushpop(heap, item, /)" => push_pop;
    /// Pop the smallest item off the heap, maintaining the heap invariant.
    function "heappop(heap, /)" => |ctx, args| pop(ctx, args, "heappop", Order::Smallest);
    /// Pop and return the current smallest value, and add the new item.
    ///
    /// This is more efficient than heappop() followed by heappush(), and can be
    /// more appropriate when using a fixed-size heap.  Note that the value
    /// returned may be larger than item!  That constrains reasonable uses of
    /// this routine unless written as part of a conditional replacement:
    ///
    ///     if item > heap[0]:
    ///         item = heapreplace(heap, item)
    function "heapreplace(heap, item, /)" => |ctx, args| replace(ctx, args, "heapreplace", Order::Smallest);
    /// Transform list into a heap, in-place, in O(len(heap)) time.
    function "heapify(heap, /)" => |ctx, args| heapify(ctx, args, "heapify", Order::Smallest);
    /// Maxheap variant of heappop.
    function "_heappop_max(heap, /)" => |ctx, args| pop(ctx, args, "_heappop_max", Order::Largest);
    /// Maxheap variant of heapreplace.
    function "_heapreplace_max(heap, item, /)" => |ctx, args| replace(ctx, args, "_heapreplace_max", Order::Largest);
    /// Maxheap variant of heapify.
    function "_heapify_max(heap, /)" => |ctx, args| heapify(ctx, args, "_heapify_max", Order::Largest);
}

/// What stands at the top of a heap.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Smallest,
    Largest,
}

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_heapq", Some("Heap queue algorithm (a.k.a. priority queue)."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_heapq", def));
    }
    Ok(module.into_value())
}

fn heap_of<'a>(ctx: &mut Ctx, args: &'a [Value], name: &str) -> PyResult<&'a Obj<List>> {
    match args[0].downcast_ref::<List>() {
        Some(heap) => Ok(heap),
        None => {
            let class = protocol::class_name(ctx, &args[0]);
            let number = if args.len() > 1 { " 1" } else { "" };
            Err(ctx.type_error(format!("{name}() argument{number} must be list, not {class}")))
        }
    }
}

/// Whether `a` belongs above `b`.
fn above(ctx: &mut Ctx, order: Order, a: &Value, b: &Value) -> PyResult<bool> {
    let (small, large) = if order == Order::Smallest { (a, b) } else { (b, a) };
    if let Some(answer) = protocol::compare::quick_compare(Comparison::Less, small, large) {
        return Ok(answer);
    }
    let answer = protocol::rich_compare(ctx, Comparison::Less, small, large)?;
    protocol::truth(ctx, &answer)
}

/// A copy of an item; the heap must not have changed its size since `size` was taken.
fn item(ctx: &mut Ctx, heap: &List, index: usize) -> PyResult {
    heap.get(index).ok_or_else(|| ctx.index_error("index out of range"))
}

fn check_size(ctx: &mut Ctx, heap: &List, size: usize) -> PyResult<()> {
    if heap.len() == size { Ok(()) } else { Err(ctx.runtime_error("list changed size during iteration")) }
}

/// Moves the item at `place` up, while it belongs above its parent.
fn sift_down(ctx: &mut Ctx, heap: &List, order: Order, start: usize, mut place: usize) -> PyResult<()> {
    let size = heap.len();
    let new = item(ctx, heap, place)?;
    while place > start {
        let parent = (place - 1) / 2;
        let other = item(ctx, heap, parent)?;
        let moves = above(ctx, order, &new, &other)?;
        check_size(ctx, heap, size)?;
        if !moves {
            break;
        }
        heap.items.borrow_mut().swap(parent, place);
        place = parent;
    }
    Ok(())
}

/// Moves the item at `place` down to a leaf, along the better children, and then up to its place.
fn sift_up(ctx: &mut Ctx, heap: &List, order: Order, mut place: usize) -> PyResult<()> {
    let (size, start) = (heap.len(), place);
    if place >= size {
        return Err(ctx.index_error("index out of range"));
    }
    while place < size / 2 {
        let mut child = 2 * place + 1;
        if child + 1 < size {
            let (left, right) = (item(ctx, heap, child)?, item(ctx, heap, child + 1)?);
            let left_above = above(ctx, order, &left, &right)?;
            check_size(ctx, heap, size)?;
            child += !left_above as usize;
        }
        heap.items.borrow_mut().swap(child, place);
        place = child;
    }
    sift_down(ctx, heap, order, start, place)
}

fn push(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let heap = heap_of(ctx, args, "heappush")?;
    heap.push(args[1].clone());
    sift_down(ctx, heap, Order::Smallest, 0, heap.len() - 1)?;
    Ok(Value::NONE)
}

fn pop(ctx: &mut Ctx, args: &[Value], name: &str, order: Order) -> PyResult {
    let heap = heap_of(ctx, args, name)?;
    let last = heap.items.borrow_mut().pop();
    let Some(last) = last else { return Err(ctx.index_error("index out of range")) };
    if heap.is_empty() {
        return Ok(last);
    }
    let top = std::mem::replace(&mut heap.items.borrow_mut()[0], last);
    sift_up(ctx, heap, order, 0)?;
    Ok(top)
}

fn replace(ctx: &mut Ctx, args: &[Value], name: &str, order: Order) -> PyResult {
    let heap = heap_of(ctx, args, name)?;
    if heap.is_empty() {
        return Err(ctx.index_error("index out of range"));
    }
    let top = std::mem::replace(&mut heap.items.borrow_mut()[0], args[1].clone());
    sift_up(ctx, heap, order, 0)?;
    Ok(top)
}

fn push_pop(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let heap = heap_of(ctx, args, "heappushpop")?;
    let Some(top) = heap.get(0) else { return Ok(args[1].clone()) };
    if !above(ctx, Order::Smallest, &top, &args[1])? {
        return Ok(args[1].clone());
    }
    if heap.is_empty() {
        return Err(ctx.index_error("index out of range"));
    }
    let top = std::mem::replace(&mut heap.items.borrow_mut()[0], args[1].clone());
    sift_up(ctx, heap, Order::Smallest, 0)?;
    Ok(top)
}

fn heapify(ctx: &mut Ctx, args: &[Value], name: &str, order: Order) -> PyResult {
    let heap = heap_of(ctx, args, name)?;
    for place in (0..heap.len() / 2).rev() {
        sift_up(ctx, heap, order, place)?;
    }
    Ok(Value::NONE)
}
