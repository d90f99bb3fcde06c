//! Constant folding: expressions of constants are evaluated by the compiler.
//!
//! Only what can neither fail nor grow large is folded, with CPython's limits: `2 ** 1000` and `"x" * 5000` are left to
//! run time, and so is `1 / 0`, which has to raise there. Folding changes no result, only when it is computed.

use std::rc::Rc;

use coil_grammar::ast::{Constant, Expr, ExprContext, ExprKind, Operator, UnaryOp};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::code::Const;
use crate::text::float;

use super::Compiler;

/// Most bits of an integer result.
const MAX_INT_BITS: u64 = 128;
/// Most items of a repeated tuple.
const MAX_COLLECTION_SIZE: usize = 256;
/// Longest repeated string.
const MAX_STRING_SIZE: usize = 4096;
/// How deeply constants are looked for inside one another.
const MAX_DEPTH: u32 = 100;

impl Compiler<'_> {
    /// The value of an expression that is known when compiling.
    pub(super) fn constant(&self, expr: &Expr) -> Option<Const> {
        constant(expr, &self.debug(), 0)
    }
}

/// The constant that a literal stands for.
pub(super) fn literal(value: &Constant) -> Const {
    match value {
        Constant::None => Const::None,
        Constant::True => Const::True,
        Constant::False => Const::False,
        Constant::Ellipsis => Const::Ellipsis,
        Constant::Str(text) => Const::Str(Rc::clone(text)),
        Constant::Bytes(bytes) => Const::Bytes(Rc::clone(bytes)),
        Constant::Int(value) => Const::Int(*value),
        Constant::BigInt(value) => Const::BigInt((**value).clone()),
        Constant::Float(value) => Const::Float(*value),
        Constant::Complex(imaginary) => Const::Complex(0.0, *imaginary),
    }
}

fn constant(expr: &Expr, debug: &Const, depth: u32) -> Option<Const> {
    if depth > MAX_DEPTH {
        return None;
    }
    match &expr.kind {
        ExprKind::Constant { value, .. } => Some(literal(value)),
        ExprKind::Name { id, ctx: ExprContext::Load } if &**id == "__debug__" => Some(debug.clone()),
        ExprKind::UnaryOp { op, operand } => unary(*op, &constant(operand, debug, depth + 1)?),
        ExprKind::Tuple { elts, ctx: ExprContext::Load } => {
            let items: Option<Vec<Const>> = elts.iter().map(|elt| constant(elt, debug, depth + 1)).collect();
            items.map(Const::Tuple)
        }
        ExprKind::BinOp { .. } | ExprKind::Subscript { .. } => chain(expr, debug, depth),
        _ => None,
    }
}

/// The value of `1 + 2 + 3 ...`: the innermost operand is tried first, since most chains begin with a variable.
fn chain(expr: &Expr, debug: &Const, depth: u32) -> Option<Const> {
    let mut links = Vec::new();
    let mut inner = expr;
    loop {
        match &inner.kind {
            ExprKind::BinOp { left, .. } => {
                links.push(inner);
                inner = left;
            }
            ExprKind::Subscript { value, ctx: ExprContext::Load, .. } => {
                links.push(inner);
                inner = value;
            }
            _ => break,
        }
    }
    let mut value = constant(inner, debug, depth + 1)?;
    while let Some(link) = links.pop() {
        value = match &link.kind {
            ExprKind::BinOp { op, right, .. } => binary(*op, &value, &constant(right, debug, depth + 1)?)?,
            ExprKind::Subscript { slice, .. } => subscript(&value, &constant(slice, debug, depth + 1)?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// The truth of a constant.
pub(super) fn is_true(value: &Const) -> bool {
    match value {
        Const::None | Const::False => false,
        Const::True | Const::Ellipsis | Const::Code(_) => true,
        Const::Int(value) => *value != 0,
        Const::BigInt(value) => !value.is_zero(),
        Const::Float(value) => *value != 0.0,
        Const::Complex(re, im) => *re != 0.0 || *im != 0.0,
        Const::Str(text) => !text.is_empty(),
        Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
    }
}

/// Whether two constants are equal as Python compares them: `1 == 1.0 == True`.
pub(super) fn equal(left: &Const, right: &Const) -> bool {
    if let (Some(a), Some(b)) = (Number::of(left), Number::of(right)) {
        return match (a, b) {
            (Number::Int(a), Number::Int(b)) => a == b,
            (a, b) => match (a.complex(), b.complex()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        };
    }
    match (left, right) {
        (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Str(a), Const::Str(b)) => a == b,
        (Const::Bytes(a), Const::Bytes(b)) => a == b,
        (Const::Tuple(a), Const::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        _ => false,
    }
}

/// A number of any of the three kinds.
enum Number {
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
}

impl Number {
    fn of(value: &Const) -> Option<Number> {
        Some(match value {
            Const::True => Number::Int(BigInt::from(1)),
            Const::False => Number::Int(BigInt::from(0)),
            Const::Int(value) => Number::Int(BigInt::from(*value)),
            Const::BigInt(value) => Number::Int(value.clone()),
            Const::Float(value) => Number::Float(*value),
            Const::Complex(re, im) => Number::Complex(*re, *im),
            Const::None
            | Const::Ellipsis
            | Const::Str(_)
            | Const::Bytes(_)
            | Const::Tuple(_)
            | Const::FrozenSet(_)
            | Const::Code(_) => return None,
        })
    }

    /// The exact value as a float; `None` for integers that a float does not hold.
    fn float(&self) -> Option<f64> {
        match self {
            Number::Int(value) if value.bits() <= 53 => value.to_f64(),
            Number::Float(value) => Some(*value),
            Number::Int(_) | Number::Complex(..) => None,
        }
    }

    fn complex(&self) -> Option<(f64, f64)> {
        match self {
            Number::Complex(re, im) => Some((*re, *im)),
            Number::Int(_) | Number::Float(_) => Some((self.float()?, 0.0)),
        }
    }
}

fn integer(value: BigInt) -> Const {
    match value.to_i64() {
        Some(small) => Const::Int(small),
        None => Const::BigInt(value),
    }
}

/// The value of a unary operation, if it is folded.
fn unary(op: UnaryOp, operand: &Const) -> Option<Const> {
    if op == UnaryOp::Not {
        return Some(if is_true(operand) { Const::False } else { Const::True });
    }
    Some(match (op, Number::of(operand)?) {
        (UnaryOp::USub, Number::Int(value)) => integer(-value),
        (UnaryOp::USub, Number::Float(value)) => Const::Float(-value),
        (UnaryOp::USub, Number::Complex(re, im)) => Const::Complex(-re, -im),
        (UnaryOp::UAdd, Number::Int(value)) => integer(value),
        (UnaryOp::UAdd, Number::Float(value)) => Const::Float(value),
        (UnaryOp::UAdd, Number::Complex(re, im)) => Const::Complex(re, im),
        // `~True` is deprecated and warns at run time.
        (UnaryOp::Invert, Number::Int(value)) if !matches!(operand, Const::True | Const::False) => integer(!value),
        (UnaryOp::Invert | UnaryOp::Not, Number::Int(_) | Number::Float(_) | Number::Complex(..)) => return None,
    })
}

/// The value of a binary operation, if it is folded.
pub(super) fn binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    if let (Some(a), Some(b)) = (Number::of(left), Number::of(right)) {
        if let (Const::True | Const::False, Const::True | Const::False) = (left, right)
            && matches!(op, Operator::BitAnd | Operator::BitOr | Operator::BitXor)
        {
            let (a, b) = (is_true(left), is_true(right));
            let truth = match op {
                Operator::BitAnd => a && b,
                Operator::BitOr => a || b,
                _ => a != b,
            };
            return Some(if truth { Const::True } else { Const::False });
        }
        return match (&a, &b) {
            (Number::Int(a), Number::Int(b)) => integers(op, a, b),
            (Number::Complex(..), _) | (_, Number::Complex(..)) => complexes(
                op,
                a.complex()?,
                b.complex()?,
                matches!((&a, &b), (Number::Complex(..), Number::Complex(..))),
            ),
            (Number::Int(_) | Number::Float(_), Number::Int(_) | Number::Float(_)) => {
                floats(op, a.float()?, b.float()?)
            }
        };
    }
    match (op, left, right) {
        (Operator::Add, Const::Str(a), Const::Str(b)) => Some(Const::Str(Rc::from(format!("{a}{b}")))),
        (Operator::Add, Const::Bytes(a), Const::Bytes(b)) => Some(Const::Bytes([&a[..], &b[..]].concat().into())),
        (Operator::Add, Const::Tuple(a), Const::Tuple(b)) => Some(Const::Tuple([&a[..], &b[..]].concat())),
        (Operator::Mult, sequence, Const::Int(count)) | (Operator::Mult, Const::Int(count), sequence) => {
            repeated(sequence, usize::try_from(*count).ok()?)
        }
        _ => None,
    }
}

fn repeated(sequence: &Const, count: usize) -> Option<Const> {
    match sequence {
        Const::Str(text) if text.chars().count().checked_mul(count)? <= MAX_STRING_SIZE => {
            Some(Const::Str(Rc::from(text.repeat(count))))
        }
        Const::Bytes(bytes) if bytes.len().checked_mul(count)? <= MAX_STRING_SIZE => {
            Some(Const::Bytes(Rc::from(bytes.repeat(count))))
        }
        // Nested tuples may hide many items behind few.
        Const::Tuple(items)
            if items.len().checked_mul(count)? <= MAX_COLLECTION_SIZE
                && !items.iter().any(|item| matches!(item, Const::Tuple(_))) =>
        {
            Some(Const::Tuple(std::iter::repeat_n(items, count).flatten().cloned().collect()))
        }
        _ => None,
    }
}

fn integers(op: Operator, left: &BigInt, right: &BigInt) -> Option<Const> {
    use num_integer::Integer;
    Some(match op {
        Operator::Add => integer(left + right),
        Operator::Sub => integer(left - right),
        Operator::Mult if left.bits() + right.bits() <= MAX_INT_BITS => integer(left * right),
        Operator::Div if !right.is_zero() && left.bits() <= 53 && right.bits() <= 53 => {
            Const::Float(left.to_f64()? / right.to_f64()?)
        }
        Operator::FloorDiv if !right.is_zero() => integer(left.div_floor(right)),
        Operator::Mod if !right.is_zero() => integer(left.mod_floor(right)),
        Operator::Pow if right.is_negative() => {
            return floats(op, Number::Int(left.clone()).float()?, Number::Int(right.clone()).float()?);
        }
        Operator::Pow => {
            let exponent = right.to_u32()?;
            if left.bits() * u64::from(exponent) > MAX_INT_BITS {
                return None;
            }
            integer(left.pow(exponent))
        }
        Operator::LShift if !right.is_negative() => {
            let count = right.to_u32()?;
            if left.bits() + u64::from(count) > MAX_INT_BITS {
                return None;
            }
            integer(left << count)
        }
        Operator::RShift if !right.is_negative() => integer(left >> right.to_u32()?),
        Operator::BitAnd => integer(left & right),
        Operator::BitOr => integer(left | right),
        Operator::BitXor => integer(left ^ right),
        Operator::Mult
        | Operator::Div
        | Operator::FloorDiv
        | Operator::Mod
        | Operator::LShift
        | Operator::RShift
        | Operator::MatMult => return None,
    })
}

fn floats(op: Operator, left: f64, right: f64) -> Option<Const> {
    let value = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div if right != 0.0 => left / right,
        Operator::FloorDiv => float::floor_div(left, right).ok()?,
        Operator::Mod => float::modulo(left, right).ok()?,
        Operator::Pow => match float::pow(left, right).ok()? {
            float::Power::Real(value) => value,
            float::Power::Complex => return None,
        },
        _ => return None,
    };
    Some(Const::Float(value))
}

fn complexes(op: Operator, left: (f64, f64), right: (f64, f64), both: bool) -> Option<Const> {
    match op {
        Operator::Add => Some(Const::Complex(left.0 + right.0, left.1 + right.1)),
        Operator::Sub => Some(Const::Complex(left.0 - right.0, left.1 - right.1)),
        Operator::Mult if both => {
            let real = left.0 * right.0 - left.1 * right.1;
            Some(Const::Complex(real, left.0 * right.1 + left.1 * right.0))
        }
        _ => None,
    }
}

/// The value of `constant[index]`, if it is folded.
pub(super) fn subscript(value: &Const, index: &Const) -> Option<Const> {
    let index = match index {
        Const::Int(index) => *index,
        Const::True => 1,
        Const::False => 0,
        _ => return None,
    };
    let at = |length: usize| -> Option<usize> {
        let index = if index < 0 { index.checked_add(length as i64)? } else { index };
        usize::try_from(index).ok().filter(|index| *index < length)
    };
    match value {
        Const::Str(text) => {
            let position = at(text.chars().count())?;
            text.chars().nth(position).map(|c| Const::Str(Rc::from(c.to_string())))
        }
        Const::Bytes(bytes) => at(bytes.len()).map(|position| Const::Int(i64::from(bytes[position]))),
        Const::Tuple(items) => at(items.len()).map(|position| items[position].clone()),
        _ => None,
    }
}
