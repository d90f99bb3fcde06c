//! The types of `None`, `NotImplemented` and `Ellipsis`.

use super::arguments::{keywords, positional};
use super::class::Class;
use super::ctx::Ctx;
use super::int;
use super::native::PyResult;
use super::protocol;
use super::value::Value;

crate::natives! { pub(crate) static NONE_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_none;
    /// Return repr(self).
    method "__repr__(self, /)" => repr_none;
    /// True if self else False
    method "__bool__(self, /)" => none_is_true;
    /// Return hash(self).
    method "__hash__(self, /)" => hash_none;
}

crate::natives! { pub(crate) static NOT_IMPLEMENTED_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_not_implemented;
    /// Return repr(self).
    method "__repr__(self, /)" => repr_not_implemented;
    /// True if self else False
    method "__bool__(self, /)" => not_implemented_is_true;
    method "__reduce__(self, /)" => repr_not_implemented;
}

crate::natives! { pub(crate) static ELLIPSIS_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_ellipsis;
    /// Return repr(self).
    method "__repr__(self, /)" => repr_ellipsis;
    method "__reduce__(self, /)" => repr_ellipsis;
}

/// The one value of a class that takes no arguments.
fn only(ctx: &mut Ctx, args: &[Value], name: &str, value: Value) -> PyResult {
    if !args[0].is_kind::<Class>() {
        return Err(super::arguments::bad_self(ctx, &args[0], "type"));
    }
    if !positional(&args[1]).is_empty() || !keywords(&args[2]).is_empty() {
        return Err(ctx.type_error(format!("{name} takes no arguments")));
    }
    Ok(value)
}

fn new_none(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    only(ctx, args, "NoneType", Value::NONE)
}

fn repr_none(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(ctx.str("None"))
}

fn none_is_true(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(Value::FALSE)
}

/// A constant since 3.12, so that programs behave alike in every run.
const HASH_OF_NONE: i64 = 0xfca8_6420;

fn hash_none(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(int::from_i64(HASH_OF_NONE))
}

fn new_not_implemented(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    only(ctx, args, "NotImplementedType", Value::NOT_IMPLEMENTED)
}

fn repr_not_implemented(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(ctx.str("NotImplemented"))
}

fn not_implemented_is_true(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // With the warning that the truth of NotImplemented is almost always a mistake.
    protocol::truth(ctx, &args[0]).map(Value::bool)
}

fn new_ellipsis(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    only(ctx, args, "EllipsisType", Value::ELLIPSIS)
}

fn repr_ellipsis(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(ctx.str("Ellipsis"))
}
