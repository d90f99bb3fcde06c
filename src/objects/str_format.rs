//! The formatting of `str`: `%`, `format`, `format_map`, `__format__`.
//!
//! The text floor cuts formats into pieces; this file fetches the arguments, asks them for their text and joins the
//! pieces in order, so that errors come in CPython's order.
//!
//! Source: Standard Library "printf-style String Formatting", "Format String Syntax".

use super::bytes::{ByteArray, Bytes};
use super::ctx::Ctx;
use super::dict::Dict;
use super::failure::{OrRaise, raise};
use super::float::to_f64;
use super::int::{self, is_int, to_i64};
use super::native::PyResult;
use super::protocol;
use super::str_methods::{char_of, this};
use super::string::{Str, intern, is_exact};
use super::tuple::Tuple;
use super::value::Value;
use crate::text::format_spec::{self, IntArg};
use crate::text::percent::{self, Conversion, Count, Layout, PercentError, Piece, Pieces};
use crate::text::template::{self, First, Numbering, Path, Segments, Step, TemplateError};

crate::natives! { pub(crate) static METHODS:
    /// Return a formatted version of the string as described by format_spec.
    method "__format__(self, format_spec, /)" => format_self;
    /// Return self%value.
    method "__mod__(self, value, /)" => |ctx, args| { let format = this(ctx, args)?; let text = percent(ctx, format.as_str(), &args[1])?; Ok(ctx.str(text)) };
    /// Return value%self.
    method "__rmod__(self, value, /)" => reflected_percent;
    /// Return a formatted version of the string, using substitutions from args and kwargs.
    /// The substitutions are identified by braces ('{' and '}').
    method "format(self, /, *args, **kwargs)" => format;
    /// Return a formatted version of the string, using substitutions from mapping.
    /// The substitutions are identified by braces ('{' and '}').
    method "format_map(self, mapping, /)" => format_map;
}

fn format_self(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let spec = protocol::text::expect_str(ctx, &args[1], "__format__() argument must be str, not {}")?;
    if spec.as_str().is_empty() {
        return if is_exact(text) { Ok(args[0].clone()) } else { protocol::str_of(ctx, &args[0]).map(Into::into) };
    }
    let type_name = protocol::class_name(ctx, &args[0]);
    let text = format_spec::format_str(text.as_str(), spec.as_str(), &type_name).or_raise(ctx)?;
    Ok(ctx.str(text))
}

// str.format

/// The arguments of a template: positional ones, and named ones in a dict or any mapping.
struct Arguments<'a> {
    /// None when there can be no positional arguments.
    positional: Option<&'a [Value]>,
    named: &'a Value,
}

fn format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let positional = args[1].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    let arguments = Arguments { positional: Some(positional), named: &args[2] };
    fill_template(ctx, text.as_str(), &arguments)
}

fn format_map(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    fill_template(ctx, text.as_str(), &Arguments { positional: None, named: &args[1] })
}

fn fill_template(ctx: &mut Ctx, template: &str, arguments: &Arguments) -> PyResult {
    let mut out = String::with_capacity(template.len() + 16);
    let mut numbering = Numbering::default();
    fill(ctx, template, arguments, &mut numbering, template::MAX_DEPTH, &mut out)?;
    Ok(ctx.str(out))
}

fn fill(
    ctx: &mut Ctx,
    template: &str,
    arguments: &Arguments,
    numbering: &mut Numbering,
    depth: usize,
    out: &mut String,
) -> PyResult<()> {
    if depth == 0 {
        return Err(raise(ctx, &TemplateError::TooDeep));
    }
    for segment in Segments::new(template) {
        let segment = segment.or_raise(ctx)?;
        out.push_str(segment.literal);
        let Some(field) = segment.field else { continue };
        let value = field_value(ctx, field.name, arguments, numbering)?;
        let value = match field.conversion {
            Some(letter) => convert(ctx, &value, letter)?,
            None => value,
        };
        if field.is_nested {
            let mut spec = String::new();
            fill(ctx, field.spec, arguments, numbering, depth - 1, &mut spec)?;
            push_formatted(ctx, &value, &spec, out)?;
        } else {
            push_formatted(ctx, &value, field.spec, out)?;
        }
    }
    Ok(())
}

fn field_value(ctx: &mut Ctx, name: &str, arguments: &Arguments, numbering: &mut Numbering) -> PyResult {
    let (first, path) = Path::split(name);
    let mut value = match numbering.resolve(first).or_raise(ctx)? {
        First::Index(index) => match arguments.positional {
            Some(values) => match values.get(index) {
                Some(value) => value.clone(),
                None => return Err(raise(ctx, &TemplateError::IndexOutOfRange { index })),
            },
            None => return Err(ctx.value_error("Format string contains positional fields")),
        },
        First::Key(key) => {
            let key = intern(key);
            match (arguments.positional, arguments.named.downcast_ref::<Dict>()) {
                (Some(_), Some(named)) => match named.get_str(&key) {
                    Some(value) => value,
                    None => return Err(ctx.key_error(&key)),
                },
                _ => protocol::get_item(ctx, arguments.named, &key)?,
            }
        }
    };
    for step in path {
        value = match step.or_raise(ctx)? {
            Step::Attribute(name) => protocol::get_attr(ctx, &value, &intern(name))?,
            Step::Index(index) => protocol::get_item(ctx, &value, &int::from_usize(index))?,
            Step::Key(key) => {
                let key = ctx.str(key);
                protocol::get_item(ctx, &value, &key)?
            }
        };
    }
    Ok(value)
}

fn convert(ctx: &mut Ctx, value: &Value, letter: char) -> PyResult {
    Ok(match template::Conversion::parse(letter).or_raise(ctx)? {
        template::Conversion::Str => protocol::str_of(ctx, value)?,
        template::Conversion::Repr => protocol::repr(ctx, value)?,
        template::Conversion::Ascii => protocol::ascii(ctx, value)?,
    }
    .into_value())
}

/// Appends `format(value, spec)`.
///
/// # Errors
/// What formatting raises.
pub fn push_formatted(ctx: &mut Ctx, value: &Value, spec: &str, out: &mut String) -> PyResult<()> {
    // Nearly all fields are strs and small ints; no object is made for their text.
    if let Some(text) = value.downcast_ref::<Str>()
        && is_exact(text)
    {
        if spec.is_empty() {
            out.push_str(text.as_str());
        } else {
            format_spec::push_str(out, text.as_str(), spec, "str").or_raise(ctx)?;
        }
        return Ok(());
    }
    if let Some(i) = value.as_small_int() {
        let limit = ctx.int_max_str_digits;
        format_spec::push_int(out, IntArg::Small(i), spec, "int", limit).or_raise(ctx)?;
        return Ok(());
    }
    if let Some(f) = value.as_inline_float() {
        format_spec::push_float(out, f, spec, "float").or_raise(ctx)?;
        return Ok(());
    }
    out.push_str(protocol::format(ctx, value, spec)?.as_str());
    Ok(())
}

// The % operator

fn reflected_percent(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(format) = args[1].downcast_ref::<Str>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let text = percent(ctx, format.as_str(), &args[0])?;
    Ok(ctx.str(text))
}

/// The arguments of `%`, used up from left to right.
pub(super) struct Operands {
    /// A tuple whose items are the arguments, or the one argument.
    values: Value,
    next: usize,
    /// The right operand again, when it is a mapping.
    mapping: Option<Value>,
    is_tuple: bool,
}

impl Operands {
    pub(super) fn new(ctx: &Ctx, values: &Value, is_bytes_format: bool) -> Operands {
        let is_tuple = values.is_kind::<Tuple>();
        let is_mapping = !is_tuple
            && !values.is_kind::<Str>()
            && !(is_bytes_format && (values.is_kind::<Bytes>() || values.is_kind::<ByteArray>()))
            && protocol::lookup_special(ctx, values, &ctx.names.__getitem__).is_some();
        Operands { values: values.clone(), next: 0, mapping: is_mapping.then(|| values.clone()), is_tuple }
    }

    /// The next argument.
    pub(super) fn next(&mut self, ctx: &mut Ctx) -> PyResult {
        let index = self.next;
        self.next += 1;
        let value = match self.values.downcast_ref::<Tuple>() {
            Some(tuple) if self.is_tuple => tuple.items().get(index).cloned(),
            _ => (index == 0).then(|| self.values.clone()),
        };
        value.ok_or_else(|| raise(ctx, &PercentError::NotEnough))
    }

    /// Makes the value of a key the one argument.
    pub(super) fn select(&mut self, ctx: &mut Ctx, key: &Value) -> PyResult<()> {
        let Some(mapping) = self.mapping.clone() else { return Err(raise(ctx, &PercentError::NeedsMapping)) };
        self.values = protocol::get_item(ctx, &mapping, key)?;
        (self.next, self.is_tuple) = (0, false);
        Ok(())
    }

    /// Whether arguments are left over that should not be.
    pub(super) fn has_leftovers(&self) -> bool {
        let used_up = match self.values.downcast_ref::<Tuple>() {
            Some(tuple) if self.is_tuple => self.next >= tuple.len(),
            _ => self.next > 0,
        };
        !used_up && self.mapping.is_none()
    }

    /// The layout of a conversion; its stars take arguments.
    pub(super) fn layout(&mut self, ctx: &mut Ctx, conversion: &Conversion) -> PyResult<Layout> {
        let width = self.star(ctx, conversion.width, "ssize_t", isize::MAX)?;
        let precision = self.star(ctx, conversion.precision, "int", i32::MAX as isize)?;
        conversion.layout(width, precision).or_raise(ctx)
    }

    fn star(&mut self, ctx: &mut Ctx, count: Option<Count>, c_type: &str, most: isize) -> PyResult<Option<isize>> {
        if count != Some(Count::Star) {
            return Ok(None);
        }
        let value = self.next(ctx)?;
        if !is_int(&value) {
            return Err(raise(ctx, &PercentError::StarWantsInt));
        }
        match to_i64(&value).map(|count| count as isize) {
            Some(count) if count <= most && count >= -most - 1 => Ok(Some(count)),
            _ => Err(int::too_large(ctx, c_type)),
        }
    }
}

/// `format % values`
///
/// # Errors
/// TypeError and ValueError for formats and arguments that do not fit; what the arguments' methods raise.
pub fn percent(ctx: &mut Ctx, format: &str, values: &Value) -> PyResult<String> {
    let mut out = String::with_capacity(format.len() + 16);
    let mut operands = Operands::new(ctx, values, false);
    for piece in Pieces::of_text(format) {
        let conversion = match piece.or_raise(ctx)? {
            Piece::Literal(range) => {
                out.push_str(&format[range]);
                continue;
            }
            Piece::Conversion(conversion) => conversion,
        };
        if let Some(key) = &conversion.key {
            let key = ctx.str(&format[key.clone()]);
            operands.select(ctx, &key)?;
        }
        let layout = operands.layout(ctx, &conversion)?;
        let value = operands.next(ctx)?;
        push_converted(ctx, format, &conversion, layout, &value, &mut out)?;
    }
    if operands.has_leftovers() {
        return Err(raise(ctx, &PercentError::NotAll));
    }
    Ok(out)
}

fn push_converted(
    ctx: &mut Ctx,
    format: &str,
    conversion: &Conversion,
    layout: Layout,
    value: &Value,
    out: &mut String,
) -> PyResult<()> {
    let is_plain = layout.width == 0 && layout.precision.is_none();
    match conversion.code {
        's' | 'r' | 'a' => {
            let text = match conversion.code {
                's' => protocol::str_of(ctx, value)?,
                'r' => protocol::repr(ctx, value)?,
                _ => protocol::ascii(ctx, value)?,
            };
            if is_plain {
                out.push_str(text.as_str());
            } else {
                out.push_str(&percent::format_text(layout, text.as_str()));
            }
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => out.push_str(&format_integer(ctx, layout, conversion.code, value)?),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let number = protocol::convert::as_f64(ctx, value)?;
            out.push_str(&percent::format_float(layout, number, conversion.code));
        }
        'c' => {
            let c = character(ctx, value)?;
            out.push_str(&percent::format_char(layout, c));
        }
        _ => return Err(raise(ctx, &conversion.unsupported(format))),
    }
    Ok(())
}

/// The text of an argument of `%d`, `%i`, `%u`, `%o`, `%x` or `%X`.
pub(super) fn format_integer(ctx: &mut Ctx, layout: Layout, code: char, value: &Value) -> PyResult<String> {
    let number = integer(ctx, code, value)?;
    let limit = ctx.int_max_str_digits;
    int::with_arg(&number, |number| percent::format_int(layout, number, code, limit)).or_raise(ctx)
}

fn integer(ctx: &mut Ctx, code: char, value: &Value) -> PyResult {
    if is_int(value) {
        return Ok(value.clone());
    }
    let is_decimal = matches!(code, 'd' | 'i' | 'u');
    let has = |ctx: &Ctx, name: &Value| protocol::lookup_special(ctx, value, name).is_some();
    let converts = if is_decimal {
        to_f64(value).is_some()
            || has(ctx, &ctx.names.__int__)
            || has(ctx, &ctx.names.__index__)
            || has(ctx, &ctx.names.__trunc__) && has(ctx, &ctx.names.__float__)
    } else {
        has(ctx, &ctx.names.__index__)
    };
    if converts && !is_decimal {
        return protocol::index_value(ctx, value);
    }
    if converts {
        match int::from_object(ctx, value) {
            Err(raised) if ctx.raised_is(&ctx.exceptions.TypeError) => drop(ctx.take_raised(raised)),
            converted => return converted,
        }
    }
    let type_name = protocol::class_name(ctx, value);
    let failure = if is_decimal {
        PercentError::RealRequired { code, type_name }
    } else {
        PercentError::IntRequired { code, type_name }
    };
    Err(raise(ctx, &failure))
}

fn character(ctx: &mut Ctx, value: &Value) -> PyResult<char> {
    if let Some(text) = value.downcast_ref::<Str>() {
        return match (text.char_at(0), text.char_len()) {
            (Some(c), 1) => Ok(c),
            _ => Err(raise(ctx, &PercentError::CharRequired)),
        };
    }
    if !is_int(value) && protocol::lookup_special(ctx, value, &ctx.names.__index__).is_none() {
        return Err(raise(ctx, &PercentError::CharRequired));
    }
    let number = protocol::index_value(ctx, value)?;
    match (char_of(&number), to_i64(&number)) {
        (Some(c), _) => Ok(c),
        (None, Some(_)) => Err(raise(ctx, &PercentError::CharRange)),
        (None, None) => Err(raise(ctx, &PercentError::CharRequired)),
    }
}
