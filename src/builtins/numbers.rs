//! Built-in functions about numbers and text: `abs`, `pow`, `round`, `ord`, `chr`, `repr`, `format`, `hash`, `id` and kin.
//!
//! Source: Standard Library "Built-in Functions".

use crate::code::BinaryOperator;
use crate::objects::buffer::bytes_of;
use crate::objects::complex::Complex;
use crate::objects::ctx::Ctx;
use crate::objects::float::to_f64;
use crate::objects::int::{big, from_i64};
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::str_methods::char_of;
use crate::objects::string::{Str, char_str};
use crate::objects::value::Value;
use crate::text::{int, surrogate};

crate::natives! { pub(crate) static FUNCTIONS:
    /// Return the absolute value of the argument.
    function "abs(x, /)" => absolute;
    /// Return the binary representation of an integer.
    ///
    /// >>> bin(2796202)
    /// '0b1010101010101010101010'
    function "bin(number, /)" => |ctx, args| prefixed(ctx, args, 2);
    /// Return the octal representation of an integer.
    ///
    /// >>> oct(342391)
    /// '0o1234567'
    function "oct(number, /)" => |ctx, args| prefixed(ctx, args, 8);
    /// Return the hexadecimal representation of an integer.
    ///
    /// >>> hex(12648430)
    /// '0xc0ffee'
    function "hex(number, /)" => |ctx, args| prefixed(ctx, args, 16);
    /// Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.
    function "divmod(x, y, /)" => div_mod;
    /// Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.
    ///
    /// Some types, such as ints, are able to use a more efficient algorithm when
    /// invoked using the three argument form.
    function "pow(base, exp, mod=None)" => power;
    /// Round a number to a given precision in decimal digits.
    ///
    /// The return value is an integer if ndigits is omitted or None.  Otherwise
    /// the return value has the same type as the number.  ndigits may be negative.
    function "round(number, ndigits=None)" => round;
    /// Return the Unicode code point for a one-character string.
    function "ord(c, /)" => ord;
    /// Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.
    function "chr(i, /)" => chr;
    /// Return an ASCII-only representation of an object.
    ///
    /// As repr(), return a string containing a printable representation of an
    /// object, but escape the non-ASCII characters in the string returned by
    /// repr() using \\x, \\u or \\U escapes. This generates a string similar
    /// to that returned by repr() in Python 2.
    function "ascii(obj, /)" => |ctx, args| protocol::ascii(ctx, &args[0]).map(Into::into);
    /// Return the canonical string representation of the object.
    ///
    /// For many object types, including most builtins, eval(repr(obj)) == obj.
    function "repr(obj, /)" => |ctx, args| protocol::repr(ctx, &args[0]).map(Into::into);
    /// Return type(value).__format__(value, format_spec)
    ///
    /// Many built-in types implement format_spec according to the
    /// Format Specification Mini-language. See help('FORMATTING')
    /// for details.
    function "format(value, format_spec='', /)" => format;
    /// Return the hash value for the given object.
    ///
    /// Two objects that compare equal must also have the same hash value, but the
    /// reverse is not necessarily true.
    function "hash(obj, /)" => |ctx, args| protocol::hash(ctx, &args[0]).map(from_i64);
    /// Return the identity of an object.
    ///
    /// This is guaranteed to be unique among simultaneously existing objects.
    /// (CPython uses the object's memory address.)
    function "id(obj, /)" => |_, args| Ok(from_i64(args[0].id()));
}

fn absolute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = ctx.names.__abs__.clone();
    match protocol::call_special(ctx, &args[0], &name, &[])? {
        Some(result) => Ok(result),
        None => Err(protocol::type_mismatch(ctx, "bad operand type for abs(): '{}'", &args[0])),
    }
}

fn prefixed(ctx: &mut Ctx, args: &[Value], base: u32) -> PyResult {
    let number = protocol::index_value(ctx, &args[0])?;
    let text = int::to_prefixed(&big(&number).unwrap_or_default(), base);
    Ok(ctx.str(text))
}

fn div_mod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (plain, reflected) = (ctx.names.__divmod__.clone(), ctx.names.__rdivmod__.clone());
    match protocol::operator::try_binary(ctx, &args[0], &args[1], &plain, &reflected)? {
        Some(result) => Ok(result),
        None => {
            let (left, right) = (protocol::class_name(ctx, &args[0]), protocol::class_name(ctx, &args[1]));
            Err(ctx.type_error(format!("unsupported operand type(s) for divmod(): '{left}' and '{right}'")))
        }
    }
}

fn power(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (base, exponent, modulus) = (&args[0], &args[1], &args[2]);
    if modulus.is_empty() || modulus.is_none() {
        return protocol::binary_op(ctx, BinaryOperator::Power, base, exponent);
    }
    // With a modulus only the method of the base is asked; there is no reflected form.
    let name = ctx.names.__pow__.clone();
    if let Some(result) = protocol::call_special(ctx, base, &name, &[exponent.clone(), modulus.clone()])?
        && !result.is_not_implemented()
    {
        return Ok(result);
    }
    for operand in [exponent, modulus] {
        if to_f64(operand).is_some() {
            return Err(ctx.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
        }
        if operand.is_kind::<Complex>() {
            return Err(ctx.value_error("complex modulo"));
        }
    }
    let names: Vec<String> = args.iter().map(|operand| format!("'{}'", protocol::class_name(ctx, operand))).collect();
    Err(ctx.type_error(format!("unsupported operand type(s) for ** or pow(): {}", names.join(", "))))
}

fn round(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = ctx.names.__round__.clone();
    let digits = if args[1].is_empty() || args[1].is_none() { &[][..] } else { &args[1..2] };
    match protocol::call_special(ctx, &args[0], &name, digits)? {
        Some(result) => Ok(result),
        None => Err(protocol::type_mismatch(ctx, "type {} doesn't define __round__ method", &args[0])),
    }
}

fn ord(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let length = if let Some(text) = args[0].downcast_ref::<Str>() {
        if let (1, Some(c)) = (text.char_len(), text.char_at(0)) {
            return Ok(from_i64(i64::from(surrogate::from_private(c))));
        }
        text.char_len()
    } else {
        match bytes_of(&args[0]).filter(|_| !args[0].is_kind::<crate::objects::memoryview::MemoryView>()) {
            Some(bytes) => match *bytes {
                [byte] => return Ok(from_i64(i64::from(byte))),
                _ => bytes.len(),
            },
            None => {
                return Err(protocol::type_mismatch(ctx, "ord() expected string of length 1, but {} found", &args[0]));
            }
        }
    };
    Err(ctx.type_error(format!("ord() expected a character, but string of length {length} found")))
}

fn chr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let small = args[0].as_small_int().and_then(|number| usize::try_from(number).ok());
    if let Some(text) = small.and_then(|number| ctx.ascii.get(number)) {
        return Ok(text.clone());
    }
    let number = protocol::index_value(ctx, &args[0])?;
    match char_of(&number) {
        Some(c) => Ok(char_str(c)),
        None => Err(ctx.value_error("chr() arg not in range(0x110000)")),
    }
}

fn format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return protocol::format(ctx, &args[0], "").map(Into::into);
    }
    let spec = protocol::text::expect_str(ctx, &args[1], "format() argument 2 must be str, not {}")?;
    protocol::format(ctx, &args[0], spec.as_str()).map(Into::into)
}
