//! Module `_json`: the parts of `json` where time goes, reading ([`decode`]) and writing ([`encode`]).
//!
//! Source: Standard Library "json".

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::heap::Ref;
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{intern, new_str};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::json;

mod decode;
mod encode;

crate::natives! { static FUNCTIONS:
    /// encode_basestring_ascii(string) -> string
    ///
    /// Return an ASCII-only JSON representation of a Python string
    function "encode_basestring_ascii(string, /)" => |ctx, args| quote(ctx, &args[0], true);
    /// encode_basestring(string) -> string
    ///
    /// Return a JSON representation of a Python string
    function "encode_basestring(string, /)" => |ctx, args| quote(ctx, &args[0], false);
    /// scanstring(string, end, strict=True) -> (string, end)
    ///
    /// Scan the string s for a JSON string. End is the index of the
    /// character in s after the quote that started the JSON string.
    function "scanstring(string, end, strict=True, /)" => decode::scan_string;
}

/// The classes of the module.
#[derive(Default)]
struct Classes {
    scanner: Option<Ref<Class>>,
    encoder: Option<Ref<Class>>,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_json", Some("json speedups\n"));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_json", def));
    }
    let object = ctx.types.object.clone();
    let define = |name, doc, table| {
        ctx.types.define_class(name, "_json", doc, &[&object], Kind::Foreign, flags::SUBCLASSABLE, &[table])
    };
    let scanner = define("Scanner", "JSON scanner object", decode::METHODS);
    let encoder = define(
        "Encoder",
        "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
        encode::METHODS,
    );
    module.dict.set_str(&intern("make_scanner"), scanner.value().clone());
    module.dict.set_str(&intern("make_encoder"), encoder.value().clone());
    *ctx.state::<Classes>() = Classes { scanner: Some(scanner), encoder: Some(encoder) };
    Ok(module.into_value())
}

fn quote(ctx: &mut Ctx, value: &Value, ascii: bool) -> PyResult {
    let text = protocol::text::expect_str(ctx, value, "first argument must be a string, not {}")?;
    let mut out = String::with_capacity(text.as_str().len() + 2);
    json::push_string(&mut out, text.as_str(), ascii);
    Ok(new_str(out).into_value())
}
