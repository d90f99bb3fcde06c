//! The format mini-language: what stands after the colon in `f"{x:>10.2f}"`.
//!
//! [`Spec::parse`] reads `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`; one `format_` function per kind of
//! value applies it. Numbers of all kinds meet in one layout: sign, prefix, grouped whole digits, the rest; zeros that fill the
//! width belong to the digits and are grouped with them.
//!
//! Source: Standard Library "Format Specification Mini-Language", PEP 3101, 378, 515, 682.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::failure::failures;
use super::float::{self, Notation, Style};
use super::int::{self, IntError};
use super::{everyday, has_room, surrogate, unicode};

failures! {
    /// Why a value cannot be formatted as asked.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum FormatError {
        /// Something is left after the type.
        Invalid { spec: String, type_name: String } => ValueError, "Invalid format specifier '{spec}' for object of type '{type_name}'";
        /// The type code is none of this value's; `code` is shown already.
        UnknownCode { code: String, type_name: String } => ValueError, "Unknown format code '{code}' for object of type '{type_name}'";
        /// A width or precision does not fit.
        TooManyDigits => ValueError, "Too many decimal digits in format string";
        /// A point without digits.
        MissingPrecision => ValueError, "Format specifier missing precision";
        /// Both separators.
        BothSeparators => ValueError, "Cannot specify both ',' and '_'.";
        /// The separator does not go with this type.
        Separator { separator: char, code: String } => ValueError, "Cannot specify '{separator}' with '{code}'.";
        /// `'+s'`
        StringSign => ValueError, "Sign not allowed in string format specifier";
        /// `' s'`
        StringSpace => ValueError, "Space not allowed in string format specifier";
        /// `'z'` for a string
        StringNegativeZero => ValueError, "Negative zero coercion (z) not allowed in string format specifier";
        /// `'#s'`
        StringAlternate => ValueError, "Alternate form (#) not allowed in string format specifier";
        /// `'=10s'`
        StringAlign => ValueError, "'=' alignment not allowed in string format specifier";
        /// `'.2d'`
        IntPrecision => ValueError, "Precision not allowed in integer format specifier";
        /// `'zd'`
        IntNegativeZero => ValueError, "Negative zero coercion (z) not allowed in integer format specifier";
        /// `'+c'`
        CharSign => ValueError, "Sign not allowed with integer format specifier 'c'";
        /// `'#c'`
        CharAlternate => ValueError, "Alternate form (#) not allowed with integer format specifier 'c'";
        /// The number is no code point.
        CharRange => OverflowError, "%c arg not in range(0x110000)";
        /// The number does not fit the machine word that `c` wants.
        CharTooLarge => OverflowError, "Python int too large to convert to C long";
        /// A precision beyond any sense.
        PrecisionTooBig => ValueError, "precision too big";
        /// `'010'` for a complex number
        ComplexZero => ValueError, "Zero padding is not allowed in complex format specifier";
        /// `'=10'` for a complex number
        ComplexAlign => ValueError, "'=' alignment flag is not allowed in complex format specifier";
        /// A width that memory has no room for.
        NoMemory => MemoryError, "";
        /// `format(10**400, "f")`
        TooLargeForFloat => OverflowError, "int too large to convert to float";
        /// A number with too many decimal digits.
        TextTooLong { limit: usize } => ValueError, "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit";
    }
}

impl From<IntError> for FormatError {
    fn from(error: IntError) -> Self {
        match error {
            IntError::TextTooLong { limit } => Self::TextTooLong { limit },
            _ => Self::TooLargeForFloat,
        }
    }
}

/// Where a value stands in a wider field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: the fill goes between the sign and the digits.
    AfterSign,
}

impl Align {
    fn of(c: char) -> Option<Self> {
        match c {
            '<' => Some(Self::Left),
            '>' => Some(Self::Right),
            '^' => Some(Self::Center),
            '=' => Some(Self::AfterSign),
            _ => None,
        }
    }
}

/// The thousands separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// `,` every three digits.
    Comma,
    /// `_` every three digits.
    Underscore,
    /// `_` every four digits, for bases 2, 8 and 16.
    UnderscoreFour,
}

/// A parsed format specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The character that fills the width.
    pub fill: char,
    /// Where the value stands.
    pub align: Align,
    /// `+`, `-` or a blank.
    pub sign: Option<char>,
    /// `z`
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least width in characters.
    pub width: usize,
    /// The thousands separator.
    pub grouping: Option<Grouping>,
    /// The number after the point.
    pub precision: Option<usize>,
    /// The type code.
    pub code: Option<char>,
}

/// Wider fields are refused instead of exhausting the memory.
pub const MAX_WIDTH: usize = 1 << 31;

impl Spec {
    /// Parses a specification for a value of the named type, whose natural alignment is `align`.
    ///
    /// # Errors
    /// Anything that is wrong whatever the value is.
    pub fn parse(text: &str, type_name: &str, align: Align) -> Result<Self, FormatError> {
        let mut spec = Self {
            fill: ' ',
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            code: None,
        };
        let mut rest = Reader(text);
        let mut chars = text.chars();
        let (first, second) = (chars.next(), chars.next());
        let (mut fill_given, mut align_given) = (false, false);
        if let (Some(fill), Some(align)) = (first, second.and_then(Align::of)) {
            (spec.fill, spec.align) = (fill, align);
            (fill_given, align_given) = (true, true);
            rest = Reader(chars.as_str());
        } else if let Some(align) = first.and_then(Align::of) {
            spec.align = align;
            align_given = true;
            rest.next();
        }
        spec.sign = rest.next_if(|c| matches!(c, '+' | '-' | ' '));
        spec.no_negative_zero = rest.next_if(|c| c == 'z').is_some();
        spec.alternate = rest.next_if(|c| c == '#').is_some();
        if !fill_given && rest.next_if(|c| c == '0').is_some() {
            spec.fill = '0';
            if !align_given && align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = rest.integer()?.unwrap_or(0);
        if rest.next_if(|c| c == ',').is_some() {
            spec.grouping = Some(Grouping::Comma);
        }
        if rest.next_if(|c| c == '_').is_some() {
            if spec.grouping.is_some() {
                return Err(FormatError::BothSeparators);
            }
            spec.grouping = Some(Grouping::Underscore);
        }
        if spec.grouping == Some(Grouping::Underscore) && rest.0.starts_with(',') {
            return Err(FormatError::BothSeparators);
        }
        if rest.next_if(|c| c == '.').is_some() {
            spec.precision = Some(rest.integer()?.ok_or(FormatError::MissingPrecision)?);
        }
        // Strings have a default code, and the messages name it.
        spec.code = rest.next().or((align == Align::Left).then_some('s'));
        if !rest.0.is_empty() {
            return Err(FormatError::Invalid { spec: text.to_owned(), type_name: type_name.to_owned() });
        }
        match (spec.grouping, spec.code) {
            (None, _) | (_, None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F')) => {}
            (Some(Grouping::Underscore), Some('b' | 'o' | 'x' | 'X')) => spec.grouping = Some(Grouping::UnderscoreFour),
            (Some(grouping), Some(code)) => {
                let separator = if grouping == Grouping::Comma { ',' } else { '_' };
                return Err(FormatError::Separator { separator, code: shown_code(code) });
            }
        }
        // What is filled up stands there twice for a while.
        if spec.width > MAX_WIDTH || !has_room(2 * spec.width.saturating_mul(spec.fill.len_utf8())) {
            return Err(FormatError::NoMemory);
        }
        Ok(spec)
    }

    fn unknown_code(&self, type_name: &str) -> FormatError {
        let code = self.code.map(shown_code).unwrap_or_default();
        FormatError::UnknownCode { code, type_name: type_name.to_owned() }
    }

    /// Appends a text, filled up to the width.
    fn push_padded(&self, out: &mut String, text: &str) {
        push_padded(out, text, self.width, self.fill, self.align);
    }
}

/// A type code as the messages show it.
fn shown_code(code: char) -> String {
    match code {
        '!'..='\x7f' => code.to_string(),
        _ => format!("\\x{:x}", surrogate::from_private(code)),
    }
}

struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        self.next_if(|_| true)
    }

    fn next_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let mut chars = self.0.chars();
        let c = chars.next().filter(|&c| wanted(c))?;
        self.0 = chars.as_str();
        Some(c)
    }

    /// Reads decimal digits, of any script.
    fn integer(&mut self) -> Result<Option<usize>, FormatError> {
        let mut value = None;
        while let Some(digit) = self.0.chars().next().and_then(unicode::decimal_value) {
            self.next();
            let next = value.unwrap_or(0usize).checked_mul(10).and_then(|n| n.checked_add(digit as usize));
            value = Some(next.filter(|&n| n <= isize::MAX as usize).ok_or(FormatError::TooManyDigits)?);
        }
        Ok(value)
    }
}

/// Fills a text up to `width` characters.
pub fn pad(text: &str, width: usize, fill: char, align: Align) -> String {
    let mut out = String::with_capacity(text.len().max(width));
    push_padded(&mut out, text, width, fill, align);
    out
}

/// Appends a text, filled up to `width` characters.
fn push_padded(out: &mut String, text: &str, width: usize, fill: char, align: Align) {
    let length = if text.is_ascii() { text.len() } else { text.chars().count() };
    let missing = width.saturating_sub(length);
    let left = match align {
        Align::Left => 0,
        Align::Right | Align::AfterSign => missing,
        Align::Center => missing / 2,
    };
    out.reserve(text.len() + missing * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, missing - left));
}

/// `format(text, spec)` for a string.
///
/// ```
/// assert_eq!(coil::text::format_spec::format_str("ab", "*^6", "str"), Ok("**ab**".to_owned()));
/// ```
///
/// # Errors
/// See [`FormatError`].
pub fn format_str(text: &str, spec: &str, type_name: &str) -> Result<String, FormatError> {
    let mut out = String::new();
    push_str(&mut out, text, spec, type_name)?;
    Ok(out)
}

/// Appends what [`format_str`] gives.
///
/// # Errors
/// See [`FormatError`].
pub fn push_str(out: &mut String, text: &str, spec: &str, type_name: &str) -> Result<(), FormatError> {
    if spec.is_empty() {
        out.push_str(text);
        return Ok(());
    }
    let spec = Spec::parse(spec, type_name, Align::Left)?;
    if spec.code != Some('s') {
        return Err(spec.unknown_code(type_name));
    }
    match spec.sign {
        None => {}
        Some(' ') => return Err(FormatError::StringSpace),
        Some(_) => return Err(FormatError::StringSign),
    }
    if spec.no_negative_zero {
        return Err(FormatError::StringNegativeZero);
    }
    if spec.alternate {
        return Err(FormatError::StringAlternate);
    }
    if spec.align == Align::AfterSign {
        return Err(FormatError::StringAlign);
    }
    spec.push_padded(out, truncate(text, spec.precision));
    Ok(())
}

/// The first `precision` characters.
pub(crate) fn truncate(text: &str, precision: Option<usize>) -> &str {
    match precision {
        Some(count) if count < text.len() => {
            let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
            &text[..end]
        }
        _ => text,
    }
}

/// An integer to format.
#[derive(Debug, Clone, Copy)]
pub enum IntArg<'a> {
    /// A machine integer.
    Small(i64),
    /// A big integer.
    Big(&'a BigInt),
}

impl IntArg<'_> {
    /// Whether the number is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            Self::Small(n) => n < 0,
            Self::Big(n) => n.is_negative(),
        }
    }

    /// The magnitude's digits in base 2, 8, 10 or 16; decimal ones under the digit limit.
    ///
    /// # Errors
    /// Too many decimal digits.
    pub fn digits(self, base: u32, limit: usize) -> Result<String, IntError> {
        match (self, base) {
            (Self::Small(n), 2) => Ok(format!("{:b}", n.unsigned_abs())),
            (Self::Small(n), 8) => Ok(format!("{:o}", n.unsigned_abs())),
            (Self::Small(n), 16) => Ok(format!("{:x}", n.unsigned_abs())),
            (Self::Small(n), _) => Ok(n.unsigned_abs().to_string()),
            (Self::Big(n), 10) => int::to_decimal(&n.abs(), limit),
            (Self::Big(n), _) => Ok(n.magnitude().to_str_radix(base)),
        }
    }

    /// The number as a float.
    ///
    /// # Errors
    /// Too large.
    pub fn to_float(self) -> Result<f64, IntError> {
        match self {
            Self::Small(n) => Ok(n as f64),
            Self::Big(n) => int::to_float(n),
        }
    }

    /// The number as a machine integer, if it fits.
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Self::Small(n) => Some(n),
            Self::Big(n) => n.to_i64(),
        }
    }
}

/// `format(n, spec)` for an integer; `limit` is the digit limit.
///
/// # Errors
/// See [`FormatError`].
pub fn format_int(n: IntArg<'_>, spec: &str, type_name: &str, limit: usize) -> Result<String, FormatError> {
    let mut out = String::new();
    push_int(&mut out, n, spec, type_name, limit)?;
    Ok(out)
}

/// Appends what [`format_int`] gives.
///
/// # Errors
/// See [`FormatError`].
pub fn push_int(out: &mut String, n: IntArg<'_>, spec: &str, type_name: &str, limit: usize) -> Result<(), FormatError> {
    if let (IntArg::Small(n), "" | "d") = (n, spec) {
        everyday::push_int(out, n);
        return Ok(());
    }
    let spec = Spec::parse(spec, type_name, Align::Right)?;
    let base = match spec.code {
        None | Some('d' | 'n') => 10,
        Some('b') => 2,
        Some('o') => 8,
        Some('x' | 'X') => 16,
        Some('c') => return push_code_point(out, n, &spec),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => return push_float_spec(out, n.to_float()?, &spec, type_name),
        Some(_) => return Err(spec.unknown_code(type_name)),
    };
    check_int(&spec)?;
    if let (IntArg::Small(n), 10) = (n, base) {
        lay_out(out, &spec, n < 0, "", everyday::decimal(n.unsigned_abs(), &mut [0; 20]), "");
        return Ok(());
    }
    let mut digits = n.digits(base, limit)?;
    let mut prefix = match (spec.alternate, base) {
        (true, 2) => "0b",
        (true, 8) => "0o",
        (true, 16) => "0x",
        _ => "",
    };
    if spec.code == Some('X') {
        digits.make_ascii_uppercase();
        prefix = if prefix.is_empty() { "" } else { "0X" };
    }
    lay_out(out, &spec, n.is_negative(), prefix, &digits, "");
    Ok(())
}

fn check_int(spec: &Spec) -> Result<(), FormatError> {
    if spec.precision.is_some() {
        return Err(FormatError::IntPrecision);
    }
    if spec.no_negative_zero {
        return Err(FormatError::IntNegativeZero);
    }
    Ok(())
}

fn push_code_point(out: &mut String, n: IntArg<'_>, spec: &Spec) -> Result<(), FormatError> {
    check_int(spec)?;
    if spec.sign.is_some() {
        return Err(FormatError::CharSign);
    }
    if spec.alternate {
        return Err(FormatError::CharAlternate);
    }
    let point = n.to_i64().ok_or(FormatError::CharTooLarge)?;
    let c = u32::try_from(point).ok().and_then(surrogate::to_private).ok_or(FormatError::CharRange)?;
    lay_out(out, spec, false, "", "", c.encode_utf8(&mut [0; 4]));
    Ok(())
}

/// `format(x, spec)` for a float.
///
/// ```
/// assert_eq!(coil::text::format_spec::format_float(1234.5, "012,.2f", "float"), Ok("0,001,234.50".to_owned()));
/// ```
///
/// # Errors
/// See [`FormatError`].
pub fn format_float(x: f64, spec: &str, type_name: &str) -> Result<String, FormatError> {
    let mut out = String::new();
    push_float(&mut out, x, spec, type_name)?;
    Ok(out)
}

/// Appends what [`format_float`] gives.
///
/// # Errors
/// See [`FormatError`].
pub fn push_float(out: &mut String, x: f64, spec: &str, type_name: &str) -> Result<(), FormatError> {
    match spec.as_bytes() {
        [] => {
            float::push_repr(out, x);
            return Ok(());
        }
        [b'.', places @ b'0'..=b'9', b'f'] if everyday::push_fixed(out, x, usize::from(*places - b'0')) => {
            return Ok(());
        }
        _ => {}
    }
    let spec = Spec::parse(spec, type_name, Align::Right)?;
    push_float_spec(out, x, &spec, type_name)
}

fn push_float_spec(out: &mut String, x: f64, spec: &Spec, type_name: &str) -> Result<(), FormatError> {
    if !matches!(spec.code, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) {
        return Err(spec.unknown_code(type_name));
    }
    let is_percent = spec.code == Some('%');
    let style = Style { point_zero: spec.code.is_none(), ..float_style(spec)? };
    let mut text = String::with_capacity(24);
    let x = if is_percent { x * 100.0 } else { x };
    let is_fixed = style.notation == Notation::Fixed && !style.alternate && !style.no_negative_zero;
    if !(is_fixed && everyday::push_fixed(&mut text, x, style.precision)) {
        text = float::spell(x, style);
    }
    let (negative, text) = text.strip_prefix('-').map_or((false, &text[..]), |size| (true, size));
    let (whole, rest) = split_number(text);
    if is_percent {
        lay_out(out, spec, negative, "", whole, &format!("{rest}%"));
    } else {
        lay_out(out, spec, negative, "", whole, rest);
    }
    Ok(())
}

/// The spelling that the type code and the precision ask for.
fn float_style(spec: &Spec) -> Result<Style, FormatError> {
    if spec.precision.is_some_and(|precision| precision > i32::MAX as usize) {
        return Err(FormatError::PrecisionTooBig);
    }
    if !has_room(spec.precision.unwrap_or(0).saturating_mul(3)) {
        return Err(FormatError::NoMemory);
    }
    let notation = match (spec.code, spec.precision) {
        (None, None) => Notation::Repr,
        (Some('e' | 'E'), _) => Notation::Exponent,
        (Some('f' | 'F' | '%'), _) => Notation::Fixed,
        _ => Notation::General,
    };
    Ok(Style {
        upper: matches!(spec.code, Some('E' | 'F' | 'G')),
        alternate: spec.alternate,
        no_negative_zero: spec.no_negative_zero,
        ..Style::new(notation, spec.precision.unwrap_or(6))
    })
}

/// Splits a spelled float into the digits before the point, and all the rest.
fn split_number(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// `format(x, spec)` for a complex number.
///
/// # Errors
/// See [`FormatError`].
pub fn format_complex(real: f64, imag: f64, spec: &str, type_name: &str) -> Result<String, FormatError> {
    let spec = Spec::parse(spec, type_name, Align::Right)?;
    if !matches!(spec.code, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) {
        return Err(spec.unknown_code(type_name));
    }
    if spec.fill == '0' {
        return Err(FormatError::ComplexZero);
    }
    if spec.align == Align::AfterSign {
        return Err(FormatError::ComplexAlign);
    }
    let style = float_style(&spec)?;
    let has_real = spec.code.is_some() || real != 0.0 || real.is_sign_negative();
    let in_parentheses = spec.code.is_none() && has_real;
    let push_part = |out: &mut String, x: f64, sign: Option<char>| {
        let text = float::spell(x, style);
        let (negative, text) = text.strip_prefix('-').map_or((false, &text[..]), |size| (true, size));
        let (whole, rest) = split_number(text);
        let spec = Spec { sign, width: 0, fill: ' ', align: Align::Left, ..spec.clone() };
        lay_out(out, &spec, negative, "", whole, rest);
    };
    let mut text = String::new();
    if in_parentheses {
        text.push('(');
    }
    if has_real {
        push_part(&mut text, real, spec.sign);
    }
    push_part(&mut text, imag, if has_real { Some('+') } else { spec.sign });
    text.push('j');
    if in_parentheses {
        text.push(')');
    }
    Ok(pad(&text, spec.width, spec.fill, spec.align))
}

/// Lays out a number: sign, prefix, grouped digits, rest.
fn lay_out(out: &mut String, spec: &Spec, negative: bool, prefix: &str, digits: &str, rest: &str) {
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        (false, _) => "",
    };
    let others = sign.len() + prefix.len() + if rest.is_ascii() { rest.len() } else { rest.chars().count() };
    let zeros_count = spec.fill == '0' && spec.align == Align::AfterSign;
    let least = if zeros_count { spec.width.saturating_sub(others) } else { 0 };
    let grouped;
    let digits = if digits.is_empty() || spec.grouping.is_none() && least <= digits.len() {
        digits
    } else {
        grouped = group(digits, spec.grouping, least);
        &grouped
    };
    let missing = spec.width.saturating_sub(others + digits.len());
    let (left, middle) = match spec.align {
        Align::Left => (0, 0),
        Align::Right => (missing, 0),
        Align::Center => (missing / 2, 0),
        Align::AfterSign => (0, missing),
    };
    out.reserve(sign.len() + prefix.len() + rest.len() + digits.len() + missing * spec.fill.len_utf8());
    out.extend(std::iter::repeat_n(spec.fill, left));
    out.push_str(sign);
    out.push_str(prefix);
    out.extend(std::iter::repeat_n(spec.fill, middle));
    out.push_str(digits);
    out.push_str(rest);
    out.extend(std::iter::repeat_n(spec.fill, missing - left - middle));
}

/// Puts separators between the digits, after filling them up with zeros to at least `least` characters.
fn group(digits: &str, grouping: Option<Grouping>, least: usize) -> String {
    let (separator, size) = match grouping {
        None => return ["0".repeat(least.saturating_sub(digits.len())).as_str(), digits].concat(),
        Some(Grouping::Comma) => (b',', 3),
        Some(Grouping::Underscore) => (b'_', 3),
        Some(Grouping::UnderscoreFour) => (b'_', 4),
    };
    let mut reversed = Vec::with_capacity(digits.len() * 4 / 3 + least);
    let mut left = digits.bytes().rev();
    loop {
        for place in 0..size {
            match left.next() {
                Some(digit) => reversed.push(digit),
                // A separator never comes first, even if it makes the text wider than asked.
                None if reversed.len() < least || place == 0 => reversed.push(b'0'),
                None => break,
            }
        }
        if left.len() == 0 && reversed.len() >= least {
            break;
        }
        reversed.push(separator);
    }
    reversed.iter().rev().map(|&b| char::from(b)).collect()
}
