//! Struct sequences: tuples whose items have names, as `sys.version_info` and `time.struct_time` are.
//!
//! A table of getters names the items; [`define`] makes the class of it. Source: "Struct Sequence Objects" of the C API.

use super::class::{Class, flags};
use super::ctx::Ctx;
use super::heap::Ref;
use super::int;
use super::kind::Kind;
use super::native::{NativeDef, PyResult, Role};
use super::protocol;
use super::string::intern;
use super::tuple::{self, Tuple};
use super::value::Value;

/// Declares the getters of a struct sequence: rows of index and name.
#[macro_export]
macro_rules! struct_sequence {
    ($vis:vis static $table:ident: $($index:literal $name:literal),+ $(,)?) => {
        $vis static $table: &[$crate::objects::native::NativeDef] = &[$(
            $crate::objects::native::NativeDef {
                name: $name,
                signature: concat!($name, "(self)"),
                doc: "",
                arity: $crate::objects::native::Arity::of(concat!($name, "(self)")),
                role: $crate::objects::native::Role::Getter,
                code: $crate::objects::native::NativeCode::Leaf($crate::objects::struct_sequence::item::<$index>),
                resumes: false,
                direct: $crate::objects::native::NOT_DIRECT,
            },
        )+];
    };
}

crate::natives! { static COMMON:
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
}

/// An item by its place; what the getters call.
///
/// # Errors
/// AttributeError when the tuple is too short.
pub fn item<const INDEX: usize>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match args[0].downcast_ref::<Tuple>().and_then(|items| items.items().get(INDEX)) {
        Some(item) => Ok(item.clone()),
        None => Err(ctx.attribute_error("no such item")),
    }
}

/// Makes the class of a struct sequence; programs cannot derive from it.
pub fn define(ctx: &Ctx, name: &str, module: &str, doc: &'static str, fields: &'static [NativeDef]) -> Ref<Class> {
    define_with(ctx, name, module, doc, fields, &[])
}

/// The same with natives of its own, `__new__` for one.
pub fn define_with(
    ctx: &Ctx,
    name: &str,
    module: &str,
    doc: &'static str,
    fields: &'static [NativeDef],
    more: &'static [NativeDef],
) -> Ref<Class> {
    let base = ctx.types.tuple.clone();
    let tables = [COMMON, fields, more];
    let class = ctx.types.define_class(name, module, doc, &[&base], Kind::Tuple, flags::SEQUENCE, &tables);
    let names = fields.iter().filter(|field| field.role == Role::Getter).map(|field| intern(field.name()));
    let names: Vec<Value> = names.collect();
    for count in ["n_fields", "n_sequence_fields"] {
        class.namespace().set_str(&intern(count), int::from_usize(names.len()));
    }
    class.namespace().set_str(&intern("n_unnamed_fields"), int::from_i64(0));
    class.namespace().set_str(&ctx.names.__match_args__, tuple::new_tuple(names).into_value());
    class
}

/// A new struct sequence.
pub fn make(class: &Ref<Class>, items: Vec<Value>) -> Value {
    tuple::with_shape(class.instance_shape.get(), items).into_value()
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = protocol::class_of(ctx, &args[0]);
    let names = class.lookup(&ctx.names.__match_args__);
    let names = names.as_ref().and_then(|names| names.downcast_ref::<Tuple>());
    let mut parts = Vec::new();
    if let (Some(names), Some(items)) = (names, args[0].downcast_ref::<Tuple>()) {
        for (name, item) in names.items().iter().zip(items.items()) {
            let name = super::arguments::text_of(name);
            parts.push(format!("{name}={}", protocol::text::repr_string(ctx, item)?));
        }
    }
    let name = protocol::full_class_name(ctx, &class);
    Ok(ctx.str(format!("{name}({})", parts.join(", "))))
}
