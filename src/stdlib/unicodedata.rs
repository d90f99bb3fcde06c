//! Module `unicodedata`: what is known about each character.
//!
//! The answers are those of [`text::unicode`](crate::text::unicode), of Unicode 15.1. `bidirectional`, `mirrored` and `decomposition`
//! are left out, as their tables serve nothing else.
//!
//! Source: "unicodedata" of the Standard Library reference.

use crate::objects::ctx::Ctx;
use crate::objects::float::new_float;
use crate::objects::int::from_i64;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, char_str, intern, new_str};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::normalization::{self, Form};
use crate::text::unicode;

crate::natives! { static FUNCTIONS:
    /// Returns the general category assigned to the character chr as string.
    function "category(chr, /)" => |ctx, args| character(ctx, &args[0], "category() argument").map(|c| intern(unicode::category(c)));
    /// Returns the canonical combining class assigned to the character chr as integer.
    ///
    /// Returns 0 if no combining class is defined.
    function "combining(chr, /)" => |ctx, args| character(ctx, &args[0], "combining() argument").map(|c| from_i64(i64::from(normalization::combining_class(c))));
    /// Converts a Unicode character into its equivalent decimal value.
    ///
    /// Returns the decimal value assigned to the character chr as integer.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    function "decimal(chr, default=<unrepresentable>, /)" => decimal;
    /// Converts a Unicode character into its equivalent digit value.
    ///
    /// Returns the digit value assigned to the character chr as integer.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    function "digit(chr, default=<unrepresentable>, /)" => digit;
    /// Returns the east asian width assigned to the character chr as string.
    function "east_asian_width(chr, /)" => |ctx, args| character(ctx, &args[0], "east_asian_width() argument").map(|c| intern(unicode::east_asian_width(c)));
    /// Return whether the Unicode string unistr is in the normal form 'form'.
    ///
    /// Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
    function "is_normalized(form, unistr, /)" => is_normalized;
    /// Look up character by name.
    ///
    /// If a character with the given name is found, return the
    /// corresponding character.  If not found, KeyError is raised.
    function "lookup(name, /)" => lookup;
    /// Returns the name assigned to the character chr as a string.
    ///
    /// If no name is defined, default is returned, or, if not given,
    /// ValueError is raised.
    function "name(chr, default=<unrepresentable>, /)" => name;
    /// Return the normal form 'form' for the Unicode string unistr.
    ///
    /// Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
    function "normalize(form, unistr, /)" => normalize;
    /// Converts a Unicode character into its equivalent numeric value.
    ///
    /// Returns the numeric value assigned to the character chr as float.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    function "numeric(chr, default=<unrepresentable>, /)" => numeric;
}

const DOC: &str = "This module provides access to the Unicode Character Database which\ndefines character properties for all Unicode characters. The data in\nthis database is based on the UnicodeData.txt file version\n15.1.0 which is publicly available from ftp://ftp.unicode.org/.\n\nThe module uses the same names and symbols as defined by the\nUnicodeData File Format 15.1.0.";

/// Makes the module.
///
/// # Errors
/// None.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "unicodedata", Some(DOC));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("unicodedata", def));
    }
    module.dict.set_str(&intern("unidata_version"), intern("15.1.0"));
    Ok(module.into_value())
}

/// The only character of an argument.
fn character(ctx: &mut Ctx, value: &Value, what: &str) -> PyResult<char> {
    let mut chars = value.downcast_ref::<Str>().map_or("", |text| text.as_str()).chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => {
            let class = protocol::class_name(ctx, value);
            Err(ctx.type_error(format!("{what} must be a unicode character, not {class}")))
        }
    }
}

/// What was found for a character; or the default; or the error.
fn found_or(ctx: &mut Ctx, found: Option<Value>, default: &Value, error: &str) -> PyResult {
    match found {
        Some(found) => Ok(found),
        None if default.is_empty() => Err(ctx.value_error(error)),
        None => Ok(default.clone()),
    }
}

fn decimal(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let c = character(ctx, &args[0], "decimal() argument 1")?;
    found_or(ctx, unicode::decimal_value(c).map(|value| from_i64(i64::from(value))), &args[1], "not a decimal")
}

fn digit(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let c = character(ctx, &args[0], "digit() argument 1")?;
    found_or(ctx, unicode::digit_value(c).map(|value| from_i64(i64::from(value))), &args[1], "not a digit")
}

fn numeric(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let c = character(ctx, &args[0], "numeric() argument 1")?;
    found_or(ctx, unicode::numeric_value(c).map(new_float), &args[1], "not a numeric character")
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let c = character(ctx, &args[0], "name() argument 1")?;
    let is_named = !matches!(unicode::category(c), "Cn" | "Cs");
    let found = if is_named { coil_grammar::names::name_of(c) } else { None };
    found_or(ctx, found.map(|name| new_str(name).into_value()), &args[1], "no such name")
}

fn lookup(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(wanted) = args[0].downcast_ref::<Str>() else {
        return Err(protocol::type_mismatch(ctx, "a bytes-like object is required, not '{}'", &args[0]));
    };
    match coil_grammar::names::character(wanted.as_str()).filter(|c| unicode::category(*c) != "Cn") {
        Some(c) => Ok(char_str(c)),
        None => {
            let message = ctx.str(format!("undefined character name '{}'", wanted.as_str()));
            Err(ctx.key_error(&message))
        }
    }
}

/// The form and the text of the two arguments; no form for the empty text, which is in all of them.
fn form_and_text(ctx: &mut Ctx, args: &[Value], function: &str) -> PyResult<(Option<Form>, String)> {
    let mut texts = [String::new(), String::new()];
    for (index, text) in texts.iter_mut().enumerate() {
        let Some(given) = args[index].downcast_ref::<Str>() else {
            let (number, class) = (index + 1, protocol::class_name(ctx, &args[index]));
            return Err(ctx.type_error(format!("{function}() argument {number} must be str, not {class}")));
        };
        *text = given.as_str().to_owned();
    }
    let [form, text] = texts;
    match Form::named(&form) {
        _ if text.is_empty() => Ok((None, text)),
        Some(form) => Ok((Some(form), text)),
        None => Err(ctx.value_error("invalid normalization form")),
    }
}

fn normalize(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (form, text) = form_and_text(ctx, args, "normalize")?;
    match form {
        // What is in the form already is given as it is.
        Some(form) if !text.is_ascii() => Ok(new_str(normalization::normalize(form, &text)).into_value()),
        _ => Ok(args[1].clone()),
    }
}

fn is_normalized(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (form, text) = form_and_text(ctx, args, "is_normalized")?;
    Ok(Value::bool(form.is_none_or(|form| normalization::normalize(form, &text) == text)))
}
