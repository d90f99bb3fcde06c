//! Writing JSON: `make_encoder`, whose instances write a value as text in one go.

use super::Classes;
use crate::objects::arguments::text_of;
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::float;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Slot;
use crate::objects::int;
use crate::objects::kind::Kind;
use crate::objects::list::{List, new_list};
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::text::{float as number_text, json};

crate::natives! { pub(super) static METHODS:
    staticmethod "__new__(cls, /, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)" => new;
    /// Call self as a function.
    method "__call__(self, /, obj, _current_indent_level)" => call;
    /// member: markers
    getter "markers(self)" => |ctx, args| Ok(this(ctx, &args[0])?.markers.get());
    /// member: default
    getter "default(self)" => |ctx, args| Ok(this(ctx, &args[0])?.default.get());
    /// member: encoder
    getter "encoder(self)" => |ctx, args| Ok(this(ctx, &args[0])?.encoder.get());
    /// member: indent
    getter "indent(self)" => |ctx, args| Ok(this(ctx, &args[0])?.indent.get());
}

/// The data of an encoder.
struct Encoder {
    markers: Slot,
    default: Slot,
    encoder: Slot,
    indent: Slot,
    key_separator: String,
    item_separator: String,
    sort_keys: bool,
    skip_keys: bool,
    allow_nan: bool,
    /// Which of the functions of this module writes strings; None for one of the program.
    quotes: Option<bool>,
}

impl ForeignData for Encoder {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.markers, &self.default, &self.encoder, &self.indent] {
            slot.peek(&mut *visit);
        }
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Encoder> {
    match data_of::<Encoder>(value) {
        Some(encoder) => Ok(encoder),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !args[1].is_none() && !args[1].is_kind::<Dict>() {
        return Err(protocol::type_mismatch(ctx, "make_encoder() argument 1 must be dict or None, not {}", &args[1]));
    }
    for (index, separator) in [(5, &args[5]), (6, &args[6])] {
        let message = format!("make_encoder() argument {index} must be str, not {{}}");
        protocol::text::expect_str(ctx, separator, &message)?;
    }
    let quotes = ctx.modules.get_str(&intern("_json")).and_then(|module| {
        let module = module.downcast::<crate::objects::module::Module>()?;
        let is = |name: &str| module.dict.get_str(&intern(name)).is_some_and(|own| own.is(&args[3]));
        if is("encode_basestring_ascii") { Some(true) } else { is("encode_basestring").then_some(false) }
    });
    let data = Encoder {
        markers: Slot::new(args[1].clone()),
        default: Slot::new(args[2].clone()),
        encoder: Slot::new(args[3].clone()),
        indent: Slot::new(args[4].clone()),
        key_separator: text_of(&args[5]),
        item_separator: text_of(&args[6]),
        sort_keys: protocol::truth(ctx, &args[7])?,
        skip_keys: protocol::truth(ctx, &args[8])?,
        allow_nan: protocol::truth(ctx, &args[9])?,
        quotes,
    };
    match ctx.state::<Classes>().encoder.clone() {
        Some(class) => Ok(new_foreign(class.instance_shape.get(), data).into_value()),
        None => Err(ctx.type_error("the module is not ready")),
    }
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let encoder = this(ctx, &args[0])?;
    let level = protocol::as_isize(ctx, &args[2])?.max(0) as usize;
    let indent = encoder.indent.get();
    let indent = if indent.is_none() { None } else { Some(text_of(&indent)) };
    let mut writer = Writer { encoder, indent, out: String::new(), open: Vec::new() };
    writer.value(ctx, &args[1], level)?;
    Ok(new_tuple([new_str(writer.out).into_value()]).into_value())
}

/// The writing of one document.
struct Writer<'a> {
    encoder: &'a Encoder,
    indent: Option<String>,
    out: String,
    /// Containers and objects that are being written, against circles.
    open: Vec<i64>,
}

impl Writer<'_> {
    fn value(&mut self, ctx: &mut Ctx, value: &Value, level: usize) -> PyResult<()> {
        if self.simple(ctx, value)? {
            return Ok(());
        }
        let is_mapping = value.is_kind::<Dict>();
        let is_sequence = value.is_kind::<List>() || value.is_kind::<Tuple>();
        ctx.enter(" while encoding a JSON object")?;
        let result = self.guarded(ctx, value, |writer, ctx| {
            if is_mapping {
                writer.mapping(ctx, value, level)
            } else if is_sequence {
                writer.sequence(ctx, value, level)
            } else {
                let default = writer.encoder.default.get();
                let other = protocol::call(ctx, &default, std::slice::from_ref(value))?;
                writer.value(ctx, &other, level)
            }
        });
        ctx.leave();
        result
    }

    fn guarded(
        &mut self,
        ctx: &mut Ctx,
        value: &Value,
        body: impl FnOnce(&mut Self, &mut Ctx) -> PyResult<()>,
    ) -> PyResult<()> {
        let checked = !self.encoder.markers.get().is_none();
        if checked {
            if self.open.contains(&value.id()) {
                return Err(ctx.value_error("Circular reference detected"));
            }
            self.open.push(value.id());
        }
        body(self, ctx)?;
        if checked {
            self.open.pop();
        }
        Ok(())
    }

    /// Writes a value that contains no others; false for one that may.
    fn simple(&mut self, ctx: &mut Ctx, value: &Value) -> PyResult<bool> {
        if let Some(text) = value.downcast_ref::<Str>() {
            match self.encoder.quotes {
                Some(ascii) => json::push_string(&mut self.out, text.as_str(), ascii),
                None => {
                    let encoder = self.encoder.encoder.get();
                    let quoted = protocol::call(ctx, &encoder, std::slice::from_ref(value))?;
                    let message = "encoder() must return a string, not {}";
                    let quoted = protocol::text::expect_str(ctx, &quoted, message)?;
                    self.out.push_str(quoted.as_str());
                }
            }
        } else if value.is_none() {
            self.out.push_str("null");
        } else if let Some(truth) = value.as_bool() {
            self.out.push_str(if truth { "true" } else { "false" });
        } else if int::is_int(value) {
            // The number itself: a subclass has no say in its text.
            let text = int::decimal(ctx, value)?;
            self.out.push_str(&text);
        } else if let Some(number) = float::to_f64(value) {
            self.float(ctx, value, number)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn float(&mut self, ctx: &mut Ctx, value: &Value, number: f64) -> PyResult<()> {
        if number.is_finite() {
            number_text::push_repr(&mut self.out, number);
            return Ok(());
        }
        if !self.encoder.allow_nan {
            let shown = protocol::text::repr_string(ctx, value)?;
            return Err(ctx.value_error(format!("Out of range float values are not JSON compliant: {shown}")));
        }
        self.out.push_str(if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        });
        Ok(())
    }

    fn new_line(&mut self, level: usize) {
        if let Some(indent) = &self.indent {
            self.out.push('\n');
            for _ in 0..level {
                self.out.push_str(indent);
            }
        }
    }

    fn sequence(&mut self, ctx: &mut Ctx, value: &Value, level: usize) -> PyResult<()> {
        let others = match value.downcast_ref::<List>() {
            Some(list) if list.header().shape() == ShapeId::exact(Kind::List) => None,
            _ => Some(protocol::iteration::collect(ctx, value)?),
        };
        // `default` may change a list while it is being written.
        let get = |index: usize| match &others {
            Some(items) => items.get(index).cloned(),
            None => value.downcast_ref::<List>().and_then(|list| list.get(index)),
        };
        if get(0).is_none() {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        let mut index = 0;
        while let Some(item) = get(index) {
            if index > 0 {
                self.out.push_str(&self.encoder.item_separator);
            }
            index += 1;
            self.new_line(level + 1);
            self.value(ctx, &item, level + 1)?;
        }
        self.new_line(level);
        self.out.push(']');
        Ok(())
    }

    fn mapping(&mut self, ctx: &mut Ctx, value: &Value, level: usize) -> PyResult<()> {
        let Some(dict) = value.downcast_ref::<Dict>() else { return Ok(()) };
        if dict.is_empty() && dict::is_exact(dict) || protocol::length(ctx, value)? == 0 {
            self.out.push_str("{}");
            return Ok(());
        }
        let pairs = self.pairs(ctx, value, dict::is_exact(dict).then(|| dict.entries()))?;
        self.out.push('{');
        let mut first = true;
        for (key, item) in pairs {
            let Some(key) = self.key(ctx, &key)? else { continue };
            if !first {
                self.out.push_str(&self.encoder.item_separator);
            }
            first = false;
            self.new_line(level + 1);
            self.simple(ctx, &key)?;
            self.out.push_str(&self.encoder.key_separator);
            self.value(ctx, &item, level + 1)?;
        }
        if !first {
            self.new_line(level);
        }
        self.out.push('}');
        Ok(())
    }

    /// The items of a mapping, sorted when that is asked for.
    fn pairs(&self, ctx: &mut Ctx, value: &Value, own: Option<Vec<(Value, Value)>>) -> PyResult<Vec<(Value, Value)>> {
        if let Some(pairs) = &own
            && !self.encoder.sort_keys
        {
            return Ok(pairs.clone());
        }
        let items = match own {
            Some(pairs) => pairs.into_iter().map(|(key, item)| new_tuple([key, item]).into_value()).collect(),
            None => {
                let items = protocol::call_method(ctx, value, "items", &[])?;
                protocol::iteration::collect(ctx, &items)?
            }
        };
        let list = new_list(items).into_value();
        if self.encoder.sort_keys {
            drop(protocol::call_method(ctx, &list, "sort", &[])?);
        }
        let items = protocol::iteration::collect(ctx, &list)?;
        let mut pairs = Vec::with_capacity(items.len());
        for item in items {
            match item.downcast_ref::<Tuple>().map(|pair| pair.items()) {
                Some([key, value]) => pairs.push((key.clone(), value.clone())),
                _ => return Err(ctx.value_error("items must return 2-tuples")),
            }
        }
        Ok(pairs)
    }

    /// A key as a str, None for one to be skipped.
    fn key(&mut self, ctx: &mut Ctx, key: &Value) -> PyResult<Option<Value>> {
        if key.is_kind::<Str>() {
            return Ok(Some(key.clone()));
        }
        let is_plain = key.is_none() || key.as_bool().is_some() || int::is_int(key) || float::to_f64(key).is_some();
        if is_plain {
            let rest = std::mem::take(&mut self.out);
            let written = self.simple(ctx, key);
            let text = std::mem::replace(&mut self.out, rest);
            written?;
            return Ok(Some(ctx.str(text)));
        }
        if self.encoder.skip_keys {
            return Ok(None);
        }
        Err(protocol::type_mismatch(ctx, "keys must be str, int, float, bool or None, not {}", key))
    }
}
