//! Module `_sre`: compiled patterns and matches, for module `re`.
//!
//! The engine is in the text floor; this floor fetches texts out of objects, turns byte offsets into character indexes, and
//! makes the classes `re.Pattern` ([`pattern`]) and `re.Match` ([`found`]).
//!
//! Source: Standard Library "re".

use std::rc::Rc;

use crate::objects::buffer;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::heap::Ref;
use crate::objects::int;
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::module::new_module;
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::regex::{self, RegexError};

mod found;
mod pattern;
mod replace;

crate::natives! { static FUNCTIONS:
    /// Compiles a pattern. Returns it and the warnings about it: pairs of text and depth.
    function "compile(pattern, flags, /)" => compile;
    /// Takes the class of errors in patterns.
    function "set_error_class(error, /)" => |ctx, args| {
        ctx.state::<Classes>().error = args[0].clone();
        Ok(Value::NONE)
    };
    /// Reads a template for a pattern: a list of literals and group numbers.
    function "template(pattern, repl, /)" => replace::template;
    /// Whether a character has other forms when case is ignored.
    function "unicode_iscased(character, /)" => |ctx, args| is_cased(ctx, args, regex::class::Case::Unicode);
    /// The same among ASCII letters.
    function "ascii_iscased(character, /)" => |ctx, args| is_cased(ctx, args, regex::class::Case::Ascii);
    /// The simple lower case form of a character.
    function "unicode_tolower(character, /)" => |ctx, args| to_lower(ctx, args, regex::class::Case::Unicode);
    /// The same among ASCII letters.
    function "ascii_tolower(character, /)" => |ctx, args| to_lower(ctx, args, regex::class::Case::Ascii);
}

/// The classes that the module makes or is told of.
#[derive(Default)]
struct Classes {
    pattern: Option<Ref<Class>>,
    found: Option<Ref<Class>>,
    scanner: Option<Ref<Class>>,
    error: Value,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_sre", None);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_sre", def));
    }
    let object = ctx.types.object.clone();
    let doc = "Compiled regular expression object.";
    let foreign = Kind::Foreign;
    let pattern =
        ctx.types.define_class("Pattern", "re", doc, &[&object], foreign, flags::HAS_WEAKREF, &[pattern::METHODS]);
    let doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.";
    let found = ctx.types.define_class("Match", "re", doc, &[&object], foreign, 0, &[found::METHODS]);
    let scanner = ctx.types.define_class("SRE_Scanner", "_sre", "", &[&object], foreign, 0, &[pattern::SCANNER]);
    for (name, class) in [("Pattern", &pattern), ("Match", &found)] {
        module.dict.set_str(&intern(name), class.value().clone());
    }
    *ctx.state::<Classes>() =
        Classes { pattern: Some(pattern), found: Some(found), scanner: Some(scanner), error: Value::NONE };
    module.dict.set_str(&intern("MAGIC"), int::from_i64(20230502));
    module.dict.set_str(&intern("MAXREPEAT"), int::from_i64(i64::from(u32::MAX)));
    module.dict.set_str(&intern("MAXGROUPS"), int::from_i64((1 << 30) - 1));
    Ok(module.into_value())
}

/// The characters of a pattern or template, and whether it is text; bytes count as characters.
fn characters(ctx: &mut Ctx, value: &Value) -> PyResult<(Vec<u32>, bool)> {
    if let Some(text) = value.downcast_ref::<Str>() {
        return Ok((regex::parse::code_points(text.as_str()), true));
    }
    let message = "decoding to str: need a bytes-like object, {} found";
    let bytes = buffer::expect_bytes_or(ctx, value, message)?;
    Ok((bytes.iter().map(|byte| u32::from(*byte)).collect(), false))
}

fn compile(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (characters, is_text) = characters(ctx, &args[0])?;
    let flags = protocol::as_isize(ctx, &args[1])? as u32;
    let compiled = regex::parse::parse(&characters, is_text, flags).and_then(|parsed| {
        let program = regex::compile::compile(&parsed, is_text)?;
        Ok((parsed, program))
    });
    let (parsed, program) = match compiled {
        Ok(compiled) => compiled,
        Err(error) => return Err(raise(ctx, error, &args[0])),
    };
    let warnings = parsed
        .warnings
        .iter()
        .map(|(text, depth)| new_tuple([ctx.str(text.as_str()), int::from_usize(*depth)]).into_value());
    let warnings = new_list(warnings.collect()).into_value();
    let pattern = pattern::new(ctx, args[0].clone(), Rc::new(program), parsed);
    Ok(new_tuple([pattern, warnings]).into_value())
}

/// Raises what is wrong with a pattern or a template.
fn raise(ctx: &mut Ctx, error: RegexError, pattern: &Value) -> Raised {
    match error {
        RegexError::Pattern(message, position) => {
            let class = ctx.state::<Classes>().error.clone();
            let position = position.map_or(Value::NONE, int::from_usize);
            let message = ctx.str(message);
            if class.is_none() {
                let exception = ctx.exceptions.ValueError.clone();
                let exception = ctx.new_exception(&exception, vec![message]);
                return ctx.raise_value(exception);
            }
            match protocol::call(ctx, &class, &[message, pattern.clone(), position]) {
                Ok(exception) => ctx.raise_value(exception),
                Err(raised) => raised,
            }
        }
        RegexError::Flags(message) => ctx.value_error(message),
        RegexError::TooLarge => ctx.overflow_error("the repetition number is too large"),
        RegexError::TooDeep => ctx.recursion_error("maximum recursion depth exceeded"),
        RegexError::UnknownGroup(message) => ctx.index_error(message),
    }
}

fn is_cased(ctx: &mut Ctx, args: &[Value], case: regex::class::Case) -> PyResult {
    let c = protocol::as_isize(ctx, &args[0])? as u32;
    Ok(Value::bool(regex::class::variants(c, case).len() > 1))
}

fn to_lower(ctx: &mut Ctx, args: &[Value], case: regex::class::Case) -> PyResult {
    let c = protocol::as_isize(ctx, &args[0])? as u32;
    Ok(int::from_i64(i64::from(regex::class::lower(c, case))))
}
