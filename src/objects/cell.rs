//! Cells: the variables that closures share.

use super::arguments::{bad_self, given};
use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::value::Value;
use crate::code::Comparison;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, contents=<NULL>, /)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return self<value.
    method "__lt__(self, value, /)" => lt;
    /// Return self<=value.
    method "__le__(self, value, /)" => le;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq;
    /// Return self!=value.
    method "__ne__(self, value, /)" => ne;
    /// Return self>value.
    method "__gt__(self, value, /)" => gt;
    /// Return self>=value.
    method "__ge__(self, value, /)" => ge;
    getter "cell_contents(self)" => contents;
    setter "cell_contents(self, value)" => set_contents;
}

/// The payload of `cell`.
pub struct CellObject {
    /// The variable's value; the empty word when it is unbound.
    pub content: Slot,
}

impl Payload for CellObject {
    const KIND: Kind = Kind::Cell;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.content.peek(visit);
    }

    fn clear(&self) {
        self.content.take();
    }
}

/// A cell around a value, which may be empty.
pub fn new_cell(value: Value) -> Ref<CellObject> {
    alloc(ShapeId::exact(Kind::Cell), CellObject { content: Slot::new(value) })
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<CellObject>> {
    match value.downcast_ref::<CellObject>() {
        Some(cell) => Ok(cell),
        None => Err(bad_self(ctx, value, "cell")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !args[0].is_kind::<Class>() {
        return Err(bad_self(ctx, &args[0], "type"));
    }
    Ok(new_cell(given(&args[1]).cloned().unwrap_or_default()).into_value())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let content = this(ctx, &args[0])?.content.get();
    let id = args[0].id();
    if content.is_empty() {
        return Ok(ctx.str(format!("<cell at {id:#x}: empty>")));
    }
    let class = protocol::class_name(ctx, &content);
    Ok(ctx.str(format!("<cell at {id:#x}: {class} object at {:#x}>", content.id())))
}

/// Cells compare by content; an empty one is less than any other.
fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let own = this(ctx, &args[0])?.content.get();
    let Some(other) = args[1].downcast_ref::<CellObject>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let other = other.content.get();
    if own.is_empty() || other.is_empty() {
        let order = other.is_empty().cmp(&own.is_empty());
        return Ok(protocol::compare::ordering_result(op, order));
    }
    protocol::rich_compare(ctx, op, &own, &other)
}

fn lt(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::Less)
}

fn le(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::LessEqual)
}

fn eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::Equal)
}

fn ne(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::NotEqual)
}

fn gt(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::Greater)
}

fn ge(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::GreaterEqual)
}

fn contents(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let content = this(ctx, &args[0])?.content.get();
    if content.is_empty() {
        return Err(ctx.value_error("Cell is empty"));
    }
    Ok(content)
}

fn set_contents(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, &args[0])?.content.set(args[1].clone());
    Ok(Value::NONE)
}
