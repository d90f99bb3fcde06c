//! Module `_string`: how `str.format` takes a template apart, for `string.Formatter`.
//!
//! Source: Standard Library "Format String Syntax"; PEP 3101.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::objects::ctx::Ctx;
use crate::objects::failure::raise;
use crate::objects::heap::Ref;
use crate::objects::int::from_usize;
use crate::objects::iterator::{self, NativeIterator, new_iter};
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{char_str, intern, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::template::{First, Numbering, Path, Segments, Step, TemplateError};

crate::natives! { static FUNCTIONS:
    /// parse the argument as a format string
    function "formatter_parser(string, /)" => parser;
    /// split the argument as a field name
    function "formatter_field_name_split(string, /)" => split_name;
}

/// The classes of the iterators.
#[derive(Default)]
struct Classes {
    parser: Option<Ref<crate::objects::class::Class>>,
    name: Option<Ref<crate::objects::class::Class>>,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_string", Some("string helper module"));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_string", def));
    }
    let object = ctx.types.object.clone();
    let define =
        |name| Some(ctx.types.define_class(name, "builtins", "", &[&object], Kind::Iter, 0, &[iterator::METHODS]));
    let classes = Classes { parser: define("formatteriterator"), name: define("fieldnameiterator") };
    *ctx.state::<Classes>() = classes;
    Ok(module.into_value())
}

/// What a template or a name was cut into, and what is wrong behind the last piece.
struct Pieces {
    pieces: RefCell<VecDeque<Value>>,
    failure: RefCell<Option<TemplateError>>,
}

impl NativeIterator for Pieces {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        if let Some(piece) = self.pieces.borrow_mut().pop_front() {
            return Ok(Some(piece));
        }
        let failure = self.failure.borrow_mut().take();
        match failure {
            Some(failure) => Err(raise(ctx, &failure)),
            None => Ok(None),
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.pieces.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        let old = std::mem::take(&mut *self.pieces.borrow_mut());
        drop(old);
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Collects pieces up to the first failure.
fn cut<T>(parts: impl Iterator<Item = Result<T, TemplateError>>, piece: impl Fn(T) -> Value) -> Pieces {
    let mut pieces = VecDeque::new();
    let mut failure = None;
    for part in parts {
        match part {
            Ok(part) => pieces.push_back(piece(part)),
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    Pieces { pieces: RefCell::new(pieces), failure: RefCell::new(failure) }
}

fn text(text: &str) -> Value {
    new_str(text).into_value()
}

fn parser(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let template = protocol::text::expect_str(ctx, &args[0], "expected str, got {}")?;
    let pieces = cut(Segments::new(template.as_str()), |segment| {
        let items = match segment.field {
            Some(field) => [
                text(segment.literal),
                text(field.name),
                text(field.spec),
                field.conversion.map_or(Value::NONE, char_str),
            ],
            None => [text(segment.literal), Value::NONE, Value::NONE, Value::NONE],
        };
        new_tuple(items).into_value()
    });
    let class = ctx.state::<Classes>().parser.clone();
    Ok(with_class(ctx, class, pieces))
}

fn with_class(ctx: &Ctx, class: Option<Ref<crate::objects::class::Class>>, pieces: Pieces) -> Value {
    let class = class.unwrap_or_else(|| ctx.types.iterator.clone());
    new_iter(class.instance_shape.get(), pieces).into_value()
}

fn split_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::text::expect_str(ctx, &args[0], "expected str, got {}")?;
    let (first, path) = Path::split(name.as_str());
    let first = match Numbering::Manual.resolve(first) {
        Ok(First::Index(index)) if !first.is_empty() => from_usize(index),
        _ => text(first),
    };
    let pieces = cut(path, |step| {
        let (is_attribute, key) = match step {
            Step::Attribute(name) => (true, text(name)),
            Step::Index(index) => (false, from_usize(index)),
            Step::Key(key) => (false, text(key)),
        };
        new_tuple([Value::bool(is_attribute), key]).into_value()
    });
    let class = ctx.state::<Classes>().name.clone();
    let steps = with_class(ctx, class, pieces);
    Ok(new_tuple([first, steps]).into_value())
}
