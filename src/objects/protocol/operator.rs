//! Unary and binary operators: `__add__`, `__radd__`, `__iadd__` and their kin.
//!
//! Source: "Emulating numeric types" of the Language Reference.

use crate::code::BinaryOperator;
use crate::objects::ctx::Ctx;
use crate::objects::int;
use crate::objects::native::{Native, PyResult, Raised};
use crate::objects::value::Value;

use super::{call_unbound, class_of, lookup_special};

struct MethodNames {
    plain: Value,
    reflected: Value,
    in_place: Value,
}

impl MethodNames {
    fn new(ctx: &Ctx, op: BinaryOperator) -> MethodNames {
        let (plain, reflected, in_place) = method_names(ctx, op);
        MethodNames { plain: plain.clone(), reflected: reflected.clone(), in_place: in_place.clone() }
    }
}

/// The names of an operator's methods: of the left operand, of the right one, and in place.
pub(crate) fn method_names(ctx: &Ctx, op: BinaryOperator) -> (&Value, &Value, &Value) {
    let n = &ctx.names;
    match op.plain() {
        BinaryOperator::Add => (&n.__add__, &n.__radd__, &n.__iadd__),
        BinaryOperator::Subtract => (&n.__sub__, &n.__rsub__, &n.__isub__),
        BinaryOperator::Multiply => (&n.__mul__, &n.__rmul__, &n.__imul__),
        BinaryOperator::TrueDivide => (&n.__truediv__, &n.__rtruediv__, &n.__itruediv__),
        BinaryOperator::FloorDivide => (&n.__floordiv__, &n.__rfloordiv__, &n.__ifloordiv__),
        BinaryOperator::Remainder => (&n.__mod__, &n.__rmod__, &n.__imod__),
        BinaryOperator::Power => (&n.__pow__, &n.__rpow__, &n.__ipow__),
        BinaryOperator::LeftShift => (&n.__lshift__, &n.__rlshift__, &n.__ilshift__),
        BinaryOperator::RightShift => (&n.__rshift__, &n.__rrshift__, &n.__irshift__),
        BinaryOperator::And => (&n.__and__, &n.__rand__, &n.__iand__),
        BinaryOperator::Or => (&n.__or__, &n.__ror__, &n.__ior__),
        BinaryOperator::Xor => (&n.__xor__, &n.__rxor__, &n.__ixor__),
        _ => (&n.__matmul__, &n.__rmatmul__, &n.__imatmul__),
    }
}

/// `a <op> b`, or the in-place form.
///
/// # Errors
/// What the methods raise; TypeError when neither side knows the other.
pub fn binary_op(ctx: &mut Ctx, op: BinaryOperator, a: &Value, b: &Value) -> PyResult {
    if let Some(result) = built_in_pair(ctx, op, a, b)? {
        return Ok(result);
    }
    let names = MethodNames::new(ctx, op);
    if matches!(op.plain(), BinaryOperator::Add | BinaryOperator::Multiply) {
        let left = is_sequence_method(ctx, a, &names.plain);
        let right = op.plain() == BinaryOperator::Multiply && is_sequence_method(ctx, b, &names.reflected);
        if right && !left && op.is_in_place() {
            return repeat_in_place(ctx, op, a, b, &names);
        }
        if left || right {
            return match sequence_op(ctx, op, a, b, &names, left)? {
                Some(result) => Ok(result),
                None => Err(unsupported(ctx, op, a, b)),
            };
        }
    }
    if op.is_in_place()
        && let Some(method) = lookup_special(ctx, a, &names.in_place)
    {
        let result = call_unbound(ctx, &method, a, std::slice::from_ref(b))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    match try_binary(ctx, a, b, &names.plain, &names.reflected)? {
        Some(result) => Ok(result),
        None => Err(unsupported(ctx, op, a, b)),
    }
}

/// Two ints, or two objects of one built-in class: the class's own method decides alone. None when it does not know.
fn built_in_pair(ctx: &mut Ctx, op: BinaryOperator, a: &Value, b: &Value) -> PyResult<Option<Value>> {
    if int::is_exact(a) && int::is_exact(b) {
        let result = match op.plain() {
            BinaryOperator::Add => Ok(int::add(a, b)),
            BinaryOperator::Subtract => Ok(int::subtract(a, b)),
            BinaryOperator::Multiply => Ok(int::multiply(a, b)),
            BinaryOperator::FloorDivide => int::floor_divide(ctx, a, b),
            BinaryOperator::TrueDivide => int::true_divide(ctx, a, b),
            BinaryOperator::Remainder => int::remainder(ctx, a, b),
            BinaryOperator::Power => int::power(ctx, a, b, &Value::EMPTY),
            BinaryOperator::LeftShift => int::shift_left(ctx, a, b),
            BinaryOperator::RightShift => int::shift_right(ctx, a, b),
            BinaryOperator::And => Ok(int::bit_and(a, b)),
            BinaryOperator::Or => Ok(int::bit_or(a, b)),
            BinaryOperator::Xor => Ok(int::bit_xor(a, b)),
            _ => return Ok(None),
        };
        return result.map(Some);
    }
    let (Some(left), Some(right)) = (a.header(), b.header()) else { return Ok(None) };
    // Sequences are repeated by ints only.
    let repeats = op.plain() == BinaryOperator::Multiply && concatenates(a);
    if left.shape() != right.shape() || left.shape().is_user() || op.is_in_place() || repeats {
        return Ok(None);
    }
    let Some(method) = left.shape().with_class(|class| class.lookup(plain_name(ctx, op))) else { return Ok(None) };
    let result = call_unbound(ctx, &method, a, std::slice::from_ref(b))?;
    Ok((!result.is_not_implemented()).then_some(result))
}

fn plain_name(ctx: &Ctx, op: BinaryOperator) -> &Value {
    let n = &ctx.names;
    match op.plain() {
        BinaryOperator::Add => &n.__add__,
        BinaryOperator::Subtract => &n.__sub__,
        BinaryOperator::Multiply => &n.__mul__,
        BinaryOperator::TrueDivide => &n.__truediv__,
        BinaryOperator::FloorDivide => &n.__floordiv__,
        BinaryOperator::Remainder => &n.__mod__,
        BinaryOperator::Power => &n.__pow__,
        BinaryOperator::LeftShift => &n.__lshift__,
        BinaryOperator::RightShift => &n.__rshift__,
        BinaryOperator::And => &n.__and__,
        BinaryOperator::Or => &n.__or__,
        BinaryOperator::Xor => &n.__xor__,
        _ => &n.__matmul__,
    }
}

/// Whether a value is a built-in sequence that uses its type's own method.
fn is_sequence_method(ctx: &Ctx, value: &Value, name: &Value) -> bool {
    concatenates(value) && lookup_special(ctx, value, name).is_some_and(|method| method.is_kind::<Native>())
}

/// `+` and `*` where `a` (when `left`) or else `b` is a built-in sequence. CPython concatenates and repeats only after
/// the other operand's numeric methods have declined, and repeats only by what has `__index__`.
fn sequence_op(
    ctx: &mut Ctx,
    op: BinaryOperator,
    a: &Value,
    b: &Value,
    names: &MethodNames,
    left: bool,
) -> PyResult<Option<Value>> {
    let (sequence, other) = if left { (a, b) } else { (b, a) };
    let numeric = if left { &names.reflected } else { &names.plain };
    if !is_sequence_method(ctx, other, numeric)
        && let Some(method) = lookup_special(ctx, other, numeric)
    {
        let result = call_unbound(ctx, &method, other, std::slice::from_ref(sequence))?;
        if !result.is_not_implemented() {
            return Ok(Some(result));
        }
    }
    if op.plain() == BinaryOperator::Multiply && lookup_special(ctx, other, &ctx.names.__index__).is_none() {
        return Ok(None);
    }
    let in_place = if op.is_in_place() && left { lookup_special(ctx, a, &names.in_place) } else { None };
    let own = if left { &names.plain } else { &names.reflected };
    for method in [in_place, lookup_special(ctx, sequence, own)].into_iter().flatten() {
        let result = call_unbound(ctx, &method, sequence, std::slice::from_ref(other))?;
        if !result.is_not_implemented() {
            return Ok(Some(result));
        }
    }
    Ok(None)
}

/// `a *= sequence`, where `a` is no built-in sequence: its own methods, then, unless it is a container of some kind, the
/// repetition of the sequence.
fn repeat_in_place(ctx: &mut Ctx, op: BinaryOperator, a: &Value, sequence: &Value, names: &MethodNames) -> PyResult {
    if let Some(method) = lookup_special(ctx, a, &names.in_place) {
        let result = call_unbound(ctx, &method, a, std::slice::from_ref(sequence))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    if !is_container(ctx, a) {
        let result = sequence_op(ctx, op, a, sequence, names, false)?;
        return result.ok_or(()).map_err(|()| unsupported(ctx, op, a, sequence));
    }
    if let Some(method) = lookup_special(ctx, a, &names.plain) {
        let result = call_unbound(ctx, &method, a, std::slice::from_ref(sequence))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    Err(unsupported(ctx, op, a, sequence))
}

/// Whether CPython's class of the value has a table of sequence methods: those of programs all have.
fn is_container(ctx: &Ctx, value: &Value) -> bool {
    value.header().is_some_and(|header| header.shape().is_user())
        || [&ctx.names.__len__, &ctx.names.__contains__]
            .into_iter()
            .any(|name| lookup_special(ctx, value, name).is_some())
}

/// Tries the method of the left operand and the reflected one of the right operand, in the right order; None when both
/// return `NotImplemented` or are missing.
///
/// # Errors
/// What the methods raise.
pub fn try_binary(ctx: &mut Ctx, a: &Value, b: &Value, plain: &Value, reflected: &Value) -> PyResult<Option<Value>> {
    let left = class_of(ctx, a);
    let right = class_of(ctx, b);
    let same = left.value().is(right.value());
    let left_method = left.lookup(plain);
    let right_method = if same { None } else { right.lookup(reflected) };
    let right_first = match (&left_method, &right_method) {
        // A subclass goes first when it overrides the reflected method.
        (_, Some(method)) => {
            right.is_subclass_of(&left) && !left.lookup(reflected).is_some_and(|inherited| inherited.is(method))
        }
        _ => false,
    };
    if right_first && let Some(method) = &right_method {
        let result = call_unbound(ctx, method, b, std::slice::from_ref(a))?;
        if !result.is_not_implemented() {
            return Ok(Some(result));
        }
    }
    if let Some(method) = &left_method {
        let result = call_unbound(ctx, method, a, std::slice::from_ref(b))?;
        if !result.is_not_implemented() {
            return Ok(Some(result));
        }
    }
    if !right_first && let Some(method) = &right_method {
        let result = call_unbound(ctx, method, b, std::slice::from_ref(a))?;
        if !result.is_not_implemented() {
            return Ok(Some(result));
        }
    }
    Ok(None)
}

/// Raises TypeError: neither operand knows the operator for the other.
#[cold]
pub(crate) fn unsupported(ctx: &mut Ctx, op: BinaryOperator, a: &Value, b: &Value) -> Raised {
    let (left, right) = (super::class_name(ctx, a), super::class_name(ctx, b));
    let (left_sequence, right_sequence) = (concatenates(a), concatenates(b));
    let is_index = |value: &Value| lookup_special(ctx, value, &ctx.names.__index__).is_some();
    let message = match op.plain() {
        BinaryOperator::Add if left_sequence => match left.as_str() {
            "bytes" | "bytearray" => format!("can't concat {right} to {left}"),
            _ => format!("can only concatenate {left} (not \"{right}\") to {left}"),
        },
        BinaryOperator::Multiply if left_sequence && !is_index(b) => {
            format!("can't multiply sequence by non-int of type '{right}'")
        }
        BinaryOperator::Multiply if right_sequence && !is_index(a) && !(op.is_in_place() && is_container(ctx, a)) => {
            format!("can't multiply sequence by non-int of type '{left}'")
        }
        BinaryOperator::Power => {
            let text = if op.is_in_place() { "**=" } else { "** or pow()" };
            format!("unsupported operand type(s) for {text}: '{left}' and '{right}'")
        }
        BinaryOperator::RightShift if left == "builtin_function_or_method" && is_print(a) => format!(
            "unsupported operand type(s) for >>: '{left}' and '{right}'. Did you mean \"print(<message>, file=<output_stream>)\"?"
        ),
        _ => format!("unsupported operand type(s) for {}: '{left}' and '{right}'", op.text()),
    };
    ctx.type_error(message)
}

fn concatenates(value: &Value) -> bool {
    use crate::objects::kind::Kind;
    matches!(
        value.header().map(|header| header.kind()),
        Some(Kind::Str | Kind::List | Kind::Tuple | Kind::Bytes | Kind::ByteArray)
    )
}

fn is_print(value: &Value) -> bool {
    value.downcast_ref::<Native>().is_some_and(|native| native.def.name() == "print")
}

/// The unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `-x`
    Negative,
    /// `+x`
    Positive,
    /// `~x`
    Invert,
}

/// `-x`, `+x`, `~x`
///
/// # Errors
/// What the method raises; TypeError when there is none.
pub fn unary_op(ctx: &mut Ctx, op: UnaryOperator, value: &Value) -> PyResult {
    let (name, text) = match op {
        UnaryOperator::Negative => (ctx.names.__neg__.clone(), "-"),
        UnaryOperator::Positive => (ctx.names.__pos__.clone(), "+"),
        UnaryOperator::Invert => (ctx.names.__invert__.clone(), "~"),
    };
    match super::call_special(ctx, value, &name, &[])? {
        Some(result) => Ok(result),
        None => {
            let class = super::class_name(ctx, value);
            Err(ctx.type_error(format!("bad operand type for unary {text}: '{class}'")))
        }
    }
}
