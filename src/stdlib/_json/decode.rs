//! Reading JSON: `make_scanner`, whose instances read one value out of a text.

use rustc_hash::FxHashMap;

use super::Classes;
use crate::objects::ctx::Ctx;
use crate::objects::dict::new_dict;
use crate::objects::float::new_float;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Slot};
use crate::objects::int;
use crate::objects::list::new_list;
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::text::{float, json};

crate::natives! { pub(super) static METHODS:
    staticmethod "__new__(cls, /, context)" => new;
    /// Call self as a function.
    method "__call__(self, /, string, idx)" => call;
    /// member: strict
    getter "strict(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.strict));
    /// member: object_hook
    getter "object_hook(self)" => |ctx, args| Ok(this(ctx, &args[0])?.object_hook.get());
    /// member
    getter "object_pairs_hook(self)" => |ctx, args| Ok(this(ctx, &args[0])?.object_pairs_hook.get());
    /// member: parse_float
    getter "parse_float(self)" => |ctx, args| Ok(this(ctx, &args[0])?.parse_float.get());
    /// member: parse_int
    getter "parse_int(self)" => |ctx, args| Ok(this(ctx, &args[0])?.parse_int.get());
    /// member: parse_constant
    getter "parse_constant(self)" => |ctx, args| Ok(this(ctx, &args[0])?.parse_constant.get());
}

/// The data of a scanner: what a decoder's attributes said when it was made.
struct Scanner {
    strict: bool,
    object_hook: Slot,
    object_pairs_hook: Slot,
    parse_float: Slot,
    parse_int: Slot,
    parse_constant: Slot,
}

impl ForeignData for Scanner {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in
            [&self.object_hook, &self.object_pairs_hook, &self.parse_float, &self.parse_int, &self.parse_constant]
        {
            slot.peek(&mut *visit);
        }
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Scanner> {
    match data_of::<Scanner>(value) {
        Some(scanner) => Ok(scanner),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut get = |name: &str| protocol::get_attr(ctx, &args[1], &intern(name));
    let strict = get("strict")?;
    let data = Scanner {
        object_hook: Slot::new(get("object_hook")?),
        object_pairs_hook: Slot::new(get("object_pairs_hook")?),
        parse_float: Slot::new(get("parse_float")?),
        parse_int: Slot::new(get("parse_int")?),
        parse_constant: Slot::new(get("parse_constant")?),
        strict: protocol::truth(ctx, &strict)?,
    };
    match ctx.state::<Classes>().scanner.clone() {
        Some(class) => Ok(new_foreign(class.instance_shape.get(), data).into_value()),
        None => Err(ctx.type_error("the module is not ready")),
    }
}

/// Raises JSONDecodeError at a byte offset.
#[cold]
fn fail(ctx: &mut Ctx, message: &str, document: &Obj<Str>, offset: usize) -> Raised {
    let module = ctx.modules.get_str(&intern("json.decoder"));
    let class = match module.map(|module| protocol::get_attr(ctx, &module, &intern("JSONDecodeError"))) {
        Some(Ok(class)) => class,
        Some(Err(raised)) => return raised,
        None => return ctx.value_error(message),
    };
    let args = [ctx.str(message), document.to_value(), int::from_usize(document.char_index(offset))];
    match protocol::call(ctx, &class, &args) {
        Ok(exception) => ctx.raise_value(exception),
        Err(raised) => raised,
    }
}

/// `_json.scanstring`
pub(super) fn scan_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let end = protocol::as_isize(ctx, &args[1])?;
    let text = protocol::text::expect_str(ctx, &args[0], "first argument must be a string, not {}")?;
    let strict = args[2].is_empty() || protocol::truth(ctx, &args[2])?;
    let Some(end) = usize::try_from(end).ok().filter(|end| *end <= text.char_len()) else {
        return Err(ctx.value_error("end is out of bounds"));
    };
    match json::scan_string(text.as_str(), text.byte_offset(end), strict) {
        Ok((found, end)) => {
            Ok(new_tuple([new_str(found).into_value(), int::from_usize(text.char_index(end))]).into_value())
        }
        Err((message, offset)) => Err(fail(ctx, message, text, offset)),
    }
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let scanner = this(ctx, &args[0])?;
    let text = protocol::text::expect_str(ctx, &args[1], "first argument must be a string, not {}")?;
    let index = protocol::as_isize(ctx, &args[2])?;
    let Ok(index) = usize::try_from(index) else { return Err(ctx.value_error("idx cannot be negative")) };
    if index > text.char_len() {
        return Err(ctx.stop_iteration(int::from_usize(index)));
    }
    let mut reader = Reader { scanner, document: text, text: text.as_str(), keys: FxHashMap::default() };
    let (value, end) = reader.value(ctx, text.byte_offset(index))?;
    Ok(new_tuple([value, int::from_usize(text.char_index(end))]).into_value())
}

/// The reading of one document.
struct Reader<'a> {
    scanner: &'a Scanner,
    document: &'a Obj<Str>,
    text: &'a str,
    /// Keys seen, so that equal keys are one object.
    keys: FxHashMap<String, Value>,
}

impl Reader<'_> {
    /// The value at an offset, and the offset behind it. A StopIteration with the place says that there is none.
    fn value(&mut self, ctx: &mut Ctx, at: usize) -> PyResult<(Value, usize)> {
        let rest = &self.text.as_bytes()[at..];
        let constant = |name: &str| rest.starts_with(name.as_bytes()).then_some(at + name.len());
        match rest.first() {
            Some(b'"') => {
                let (text, end) = self.string(ctx, at + 1)?;
                return Ok((new_str(text).into_value(), end));
            }
            Some(b'{') => {
                ctx.enter(" while decoding a JSON object from a unicode string")?;
                let result = self.object(ctx, at + 1);
                ctx.leave();
                return result;
            }
            Some(b'[') => {
                ctx.enter(" while decoding a JSON array from a unicode string")?;
                let result = self.array(ctx, at + 1);
                ctx.leave();
                return result;
            }
            Some(b'n') => {
                if let Some(end) = constant("null") {
                    return Ok((Value::NONE, end));
                }
            }
            Some(b't') => {
                if let Some(end) = constant("true") {
                    return Ok((Value::TRUE, end));
                }
            }
            Some(b'f') => {
                if let Some(end) = constant("false") {
                    return Ok((Value::FALSE, end));
                }
            }
            _ => {}
        }
        for name in ["NaN", "Infinity", "-Infinity"] {
            if let Some(end) = constant(name) {
                let hook = self.scanner.parse_constant.get();
                return Ok((protocol::call(ctx, &hook, &[intern(name)])?, end));
            }
        }
        match json::scan_number(self.text, at) {
            Some((end, is_float)) => Ok((self.number(ctx, &self.text[at..end], is_float)?, end)),
            None => Err(ctx.stop_iteration(int::from_usize(self.document.char_index(at)))),
        }
    }

    fn number(&self, ctx: &mut Ctx, text: &str, is_float: bool) -> PyResult {
        let (hook, default) = if is_float {
            (self.scanner.parse_float.get(), ctx.types.float.value().clone())
        } else {
            (self.scanner.parse_int.get(), ctx.types.int.value().clone())
        };
        if hook.is(&default) {
            if is_float && let Some(number) = float::parse(text) {
                return Ok(new_float(number));
            }
            if !is_float
                && text.len() < 18
                && let Ok(number) = text.parse()
            {
                return Ok(int::from_i64(number));
            }
        }
        let text = ctx.str(text);
        protocol::call(ctx, &hook, &[text])
    }

    fn string(&self, ctx: &mut Ctx, at: usize) -> PyResult<(String, usize)> {
        match json::scan_string(self.text, at, self.scanner.strict) {
            Ok((text, end)) => Ok((text.into_owned(), end)),
            Err((message, offset)) => Err(fail(ctx, message, self.document, offset)),
        }
    }

    fn skip_space(&self, at: usize) -> usize {
        let space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        at + self.text.as_bytes()[at..].iter().take_while(space).count()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn key(&mut self, ctx: &mut Ctx, at: usize) -> PyResult<(Value, usize)> {
        let (text, end) = match json::scan_string(self.text, at, self.scanner.strict) {
            Ok(found) => found,
            Err((message, offset)) => return Err(fail(ctx, message, self.document, offset)),
        };
        if let Some(key) = self.keys.get(&*text) {
            return Ok((key.clone(), end));
        }
        let key = new_str(&*text).into_value();
        self.keys.insert(text.into_owned(), key.clone());
        Ok((key, end))
    }

    fn object(&mut self, ctx: &mut Ctx, at: usize) -> PyResult<(Value, usize)> {
        let pairs_hook = self.scanner.object_pairs_hook.get();
        let mut pairs = Vec::new();
        let dict = new_dict();
        let mut at = self.skip_space(at);
        if self.byte(at) != Some(b'}') {
            loop {
                if self.byte(at) != Some(b'"') {
                    let message = "Expecting property name enclosed in double quotes";
                    return Err(fail(ctx, message, self.document, at));
                }
                let (key, end) = self.key(ctx, at + 1)?;
                at = self.skip_space(end);
                if self.byte(at) != Some(b':') {
                    return Err(fail(ctx, "Expecting ':' delimiter", self.document, at));
                }
                let (value, end) = self.value(ctx, self.skip_space(at + 1))?;
                if pairs_hook.is_none() {
                    drop(dict.insert(ctx, key, value)?);
                } else {
                    pairs.push(new_tuple([key, value]).into_value());
                }
                at = self.skip_space(end);
                match self.byte(at) {
                    Some(b'}') => break,
                    Some(b',') => {}
                    _ => return Err(fail(ctx, "Expecting ',' delimiter", self.document, at)),
                }
                let comma = at;
                at = self.skip_space(at + 1);
                if self.byte(at) == Some(b'}') {
                    let message = "Illegal trailing comma before end of object";
                    return Err(fail(ctx, message, self.document, comma));
                }
            }
        }
        let end = at + 1;
        if !pairs_hook.is_none() {
            let pairs = new_list(pairs).into_value();
            return Ok((protocol::call(ctx, &pairs_hook, &[pairs])?, end));
        }
        let hook = self.scanner.object_hook.get();
        let value = dict.into_value();
        if hook.is_none() {
            return Ok((value, end));
        }
        Ok((protocol::call(ctx, &hook, &[value])?, end))
    }

    fn array(&mut self, ctx: &mut Ctx, at: usize) -> PyResult<(Value, usize)> {
        let mut items = Vec::new();
        let mut at = self.skip_space(at);
        if self.byte(at) != Some(b']') {
            loop {
                let (item, end) = self.value(ctx, at)?;
                items.push(item);
                at = self.skip_space(end);
                match self.byte(at) {
                    Some(b']') => break,
                    Some(b',') => {}
                    _ => return Err(fail(ctx, "Expecting ',' delimiter", self.document, at)),
                }
                let comma = at;
                at = self.skip_space(at + 1);
                if self.byte(at) == Some(b']') {
                    let message = "Illegal trailing comma before end of array";
                    return Err(fail(ctx, message, self.document, comma));
                }
            }
        }
        Ok((new_list(items).into_value(), at + 1))
    }
}
