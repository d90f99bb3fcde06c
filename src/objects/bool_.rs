//! `bool`: a subclass of `int` with two instances, which live in the word.
//!
//! Source: Standard Library "Boolean Type - bool".

use super::ctx::Ctx;
use super::int;
use super::native::PyResult;
use super::protocol;
use super::value::Value;
use super::{construct, warning};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, object=False, /)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => to_text;
    /// ~self
    method "__invert__(self, /)" => invert;
    /// Return self&value.
    method "__and__(self, value, /)" => |_, args| Ok(logic(args, |a, b| a & b, int::bit_and));
    /// Return value&self.
    method "__rand__(self, value, /)" => |_, args| Ok(logic(args, |a, b| a & b, int::bit_and));
    /// Return self|value.
    method "__or__(self, value, /)" => |_, args| Ok(logic(args, |a, b| a | b, int::bit_or));
    /// Return value|self.
    method "__ror__(self, value, /)" => |_, args| Ok(logic(args, |a, b| a | b, int::bit_or));
    /// Return self^value.
    method "__xor__(self, value, /)" => |_, args| Ok(logic(args, |a, b| a ^ b, int::bit_xor));
    /// Return value^self.
    method "__rxor__(self, value, /)" => |_, args| Ok(logic(args, |a, b| a ^ b, int::bit_xor));
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.bool_.clone();
    construct::requested_shape(ctx, &args[0], &class)?;
    if args[1].is_empty() {
        return Ok(Value::FALSE);
    }
    protocol::truth(ctx, &args[1]).map(Value::bool)
}

fn to_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(ctx.str(if args[0].as_bool() == Some(true) { "True" } else { "False" }))
}

fn invert(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let message = ctx.str(
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise \
         inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' \
         operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
    );
    let category = ctx.exceptions.DeprecationWarning.clone();
    warning::warn(ctx, &category, &message, 1)?;
    Ok(int::invert(&args[0]))
}

/// Two bools give a bool, a bool and an int an int.
fn logic(args: &[Value], bools: fn(bool, bool) -> bool, ints: fn(&Value, &Value) -> Value) -> Value {
    match (args[0].as_bool(), args[1].as_bool()) {
        (Some(a), Some(b)) => Value::bool(bools(a, b)),
        _ => ints(&args[0], &args[1]),
    }
}
