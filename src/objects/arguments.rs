//! What natives do with the arguments that the binder hands them: `*args` tuples, `**kwargs` dicts, texts.

use super::ctx::Ctx;
use super::dict::Dict;
use super::native::{PyResult, Raised};
use super::protocol;
use super::string::Str;
use super::tuple::Tuple;
use super::value::Value;

/// The items of an `*args` tuple; nothing for any other value.
pub fn positional(args: &Value) -> &[Value] {
    args.downcast_ref::<Tuple>().map_or(&[], |tuple| tuple.items())
}

/// The names and values of a `**kwargs` dict.
pub fn keywords(kwargs: &Value) -> Vec<(Value, Value)> {
    kwargs.downcast_ref::<Dict>().map_or_else(Vec::new, |dict| dict.entries())
}

/// The text of a str, empty for any other value.
pub fn text_of(value: &Value) -> String {
    value.downcast_ref::<Str>().map_or_else(String::new, |text| text.as_str().to_owned())
}

/// An optional argument: None when it was not given.
pub fn given(value: &Value) -> Option<&Value> {
    if value.is_empty() { None } else { Some(value) }
}

/// An optional argument whose default is None.
pub fn or_none(value: &Value) -> Value {
    if value.is_empty() { Value::NONE } else { value.clone() }
}

/// Refuses keyword arguments: `X() takes no keyword arguments`.
///
/// # Errors
/// TypeError.
pub fn no_keywords(ctx: &mut Ctx, kwargs: &Value, function: &str) -> PyResult<()> {
    if kwargs.downcast_ref::<Dict>().is_some_and(|dict| !dict.is_empty()) {
        return Err(ctx.type_error(format!("{function}() takes no keyword arguments")));
    }
    Ok(())
}

/// Raises TypeError because a method was given a `self` of another type; the binder checks, so this is rare.
#[cold]
pub fn bad_self(ctx: &mut Ctx, value: &Value, wanted: &str) -> Raised {
    let got = protocol::class_name(ctx, value);
    ctx.type_error(format!("descriptor requires a '{wanted}' object but received a '{got}'"))
}
