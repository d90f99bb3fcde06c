//! printf-style formatting: `"%-10s|%05.1f" % (name, x)`, for `str` and `bytes`.
//!
//! [`Pieces`] cuts a format into literal text and conversions. It works on bytes, which serves both: all that it looks for is
//! ASCII, and a byte of a longer UTF-8 sequence never is. The caller fetches the arguments (and words the errors about them),
//! fills in what `*` stands for, and formats with the function for the conversion's letter.
//!
//! Source: Standard Library "printf-style String Formatting".

use std::ops::Range;

use super::failure::failures;
use super::float::{self, Notation, Style};
use super::format_spec::{self, Align, IntArg};
use super::has_room;
use super::int::IntError;

failures! {
    /// Why a format or its arguments are wrong.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum PercentError {
        /// The format ends inside a conversion.
        Incomplete => ValueError, "incomplete format";
        /// The format ends inside `%(key`.
        IncompleteKey => ValueError, "incomplete format key";
        /// No such conversion; `shown` is the character or `?`.
        Unsupported { shown: char, code: u32, index: usize } => ValueError, "unsupported format character '{shown}' (0x{code:x}) at index {index}";
        /// A width that does not fit.
        WidthTooBig => ValueError, "width too big";
        /// A precision that does not fit.
        PrecisionTooBig => ValueError, "precision too big";
        /// The same in a `bytes` format.
        PrecisionTooBigBytes => ValueError, "prec too big";
        /// The argument of `*` is no integer.
        StarWantsInt => TypeError, "* wants int";
        /// Fewer arguments than conversions.
        NotEnough => TypeError, "not enough arguments for format string";
        /// More arguments than conversions of a `str`.
        NotAll => TypeError, "not all arguments converted during string formatting";
        /// More arguments than conversions of a `bytes`.
        NotAllBytes => TypeError, "not all arguments converted during bytes formatting";
        /// `"%(a)s" % 3`
        NeedsMapping => TypeError, "format requires a mapping";
        /// `"%d" % "a"`
        RealRequired { code: char, type_name: String } => TypeError, "%{code} format: a real number is required, not {type_name}";
        /// `"%x" % 1.5`
        IntRequired { code: char, type_name: String } => TypeError, "%{code} format: an integer is required, not {type_name}";
        /// `"%f" % "a"`
        FloatRequired { type_name: String } => TypeError, "must be real number, not {type_name}";
        /// `b"%f" % "a"`
        FloatRequiredBytes { type_name: String } => TypeError, "float argument required, not {type_name}";
        /// `"%c" % "ab"`
        CharRequired => TypeError, "%c requires int or char";
        /// `b"%c" % "ab"`
        ByteRequired => TypeError, "%c requires an integer in range(256) or a single byte";
        /// `"%c" % -1`
        CharRange => OverflowError, "%c arg not in range(0x110000)";
        /// `b"%c" % 256`
        ByteRange => OverflowError, "%c arg not in range(256)";
        /// A width that memory has no room for.
        NoMemory => MemoryError, "";
        /// `b"%s" % "a"`
        BytesRequired { type_name: String } => TypeError, "%b requires a bytes-like object, or an object that implements __bytes__, not '{type_name}'";
    }
}

/// A piece of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text to copy, as a range of bytes of the format.
    Literal(Range<usize>),
    /// A conversion.
    Conversion(Conversion),
}

/// A width or a precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Written out.
    Fixed(usize),
    /// `*`: the next argument.
    Star,
}

/// A conversion: what stands between `%` and its letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The key in parentheses, as a range of bytes of the format.
    pub key: Option<Range<usize>>,
    /// The flags.
    pub flags: Flags,
    /// The least width.
    pub width: Option<Count>,
    /// The precision.
    pub precision: Option<Count>,
    /// The letter. The caller fetches the argument first, and then refuses a letter that is none with [`Conversion::unsupported`].
    pub code: char,
    /// Where the letter stands, in bytes.
    pub at: usize,
}

/// The flags of a conversion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// A blank.
    pub blank: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
}

impl Conversion {
    /// The error for a letter that is no conversion; `format` is the whole format.
    pub fn unsupported(&self, format: &str) -> PercentError {
        let shown = if matches!(self.code, '\x1f'..='~') { self.code } else { '?' };
        let index = format.get(..self.at).map_or(self.at, |before| before.chars().count());
        PercentError::Unsupported { shown, code: super::surrogate::from_private(self.code), index }
    }

    /// The layout, with the arguments that stand for `*` filled in. A negative width means `-`, a negative precision 0.
    ///
    /// # Errors
    /// The width is beyond all memory.
    pub fn layout(&self, star_width: Option<isize>, star_precision: Option<isize>) -> Result<Layout, PercentError> {
        let mut layout = Layout { flags: self.flags, width: 0, precision: None };
        match self.width {
            Some(Count::Fixed(width)) => layout.width = width,
            Some(Count::Star) | None => {
                let width = star_width.unwrap_or(0);
                layout.flags.left |= width < 0;
                layout.width = width.unsigned_abs();
            }
        }
        layout.precision = match self.precision {
            Some(Count::Fixed(precision)) => Some(precision),
            Some(Count::Star) => Some(usize::try_from(star_precision.unwrap_or(0)).unwrap_or(0)),
            None => None,
        };
        let width = layout.width;
        // A text is cut at its precision, numbers are filled up to it.
        let digits = if matches!(self.code, 's' | 'r' | 'a') { 0 } else { layout.precision.unwrap_or(0) };
        let room = has_room(2 * width) && has_room(digits.saturating_mul(3));
        if width > format_spec::MAX_WIDTH || !room { Err(PercentError::NoMemory) } else { Ok(layout) }
    }
}

/// Flags, width and precision, ready to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The flags.
    pub flags: Flags,
    /// The least width, in characters.
    pub width: usize,
    /// The precision.
    pub precision: Option<usize>,
}

/// Cuts a format into pieces, one at a time: the errors of its end come after the arguments of its start are used.
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    format: &'a [u8],
    at: usize,
    is_text: bool,
}

impl<'a> Pieces<'a> {
    /// Starts at the beginning of a `str` format.
    pub const fn of_text(format: &'a str) -> Self {
        Self { format: format.as_bytes(), at: 0, is_text: true }
    }

    /// Starts at the beginning of a `bytes` format.
    pub const fn of_bytes(format: &'a [u8]) -> Self {
        Self { format, at: 0, is_text: false }
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    /// Reads a conversion after its `%`.
    fn conversion(&mut self) -> Result<Conversion, PercentError> {
        let key = if self.peek() == Some(b'(') { Some(self.key()?) } else { None };
        let mut flags = Flags::default();
        loop {
            match self.peek() {
                Some(b'-') => flags.left = true,
                Some(b'+') => flags.plus = true,
                Some(b' ') => flags.blank = true,
                Some(b'#') => flags.alternate = true,
                Some(b'0') => flags.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.count(PercentError::WidthTooBig, isize::MAX as usize)?;
        let mut precision = None;
        if self.peek() == Some(b'.') {
            self.at += 1;
            let too_big = if self.is_text { PercentError::PrecisionTooBig } else { PercentError::PrecisionTooBigBytes };
            let given = self.count(too_big, i32::MAX as usize)?;
            precision = Some(given.unwrap_or(Count::Fixed(0)));
        }
        // C's length modifiers say nothing here.
        if matches!(self.peek(), Some(b'h' | b'l' | b'L')) {
            self.at += 1;
        }
        let at = self.at;
        let code = self.letter().ok_or(PercentError::Incomplete)?;
        Ok(Conversion { key, flags, width, precision, code, at })
    }

    /// Reads the letter, which in a malformed `str` format may be any character.
    fn letter(&mut self) -> Option<char> {
        let first = self.peek()?;
        let length = match first {
            _ if !self.is_text => 1,
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let sequence = self.format.get(self.at..self.at + length).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let letter = sequence.and_then(|text| text.chars().next()).unwrap_or(char::from(first));
        self.at += sequence.map_or(1, str::len);
        Some(letter)
    }

    fn key(&mut self) -> Result<Range<usize>, PercentError> {
        self.at += 1;
        let start = self.at;
        let mut depth = 1;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(start..self.at - 1);
            }
        }
        Err(PercentError::IncompleteKey)
    }

    fn count(&mut self, too_big: PercentError, most: usize) -> Result<Option<Count>, PercentError> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            return Ok(Some(Count::Star));
        }
        let mut value = None;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            self.at += 1;
            let next = value.unwrap_or(0usize).checked_mul(10).and_then(|n| n.checked_add(usize::from(digit - b'0')));
            value = Some(next.filter(|&n| n <= most).ok_or_else(|| too_big.clone())?);
        }
        Ok(value.map(Count::Fixed))
    }
}

impl Iterator for Pieces<'_> {
    type Item = Result<Piece, PercentError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let first = self.peek()?;
        if first != b'%' {
            self.at = memchr::memchr(b'%', &self.format[start..]).map_or(self.format.len(), |found| start + found);
            return Some(Ok(Piece::Literal(start..self.at)));
        }
        self.at += 1;
        if self.peek() == Some(b'%') {
            self.at += 1;
            return Some(Ok(Piece::Literal(start + 1..self.at)));
        }
        Some(self.conversion().map(Piece::Conversion))
    }
}

/// Formats a text for `%s`, `%r` or `%a`: the precision cuts it.
pub fn format_text(layout: Layout, text: &str) -> String {
    let align = if layout.flags.left { Align::Left } else { Align::Right };
    format_spec::pad(format_spec::truncate(text, layout.precision), layout.width, ' ', align)
}

/// Formats a character for `%c`.
pub fn format_char(layout: Layout, c: char) -> String {
    format_text(Layout { precision: None, ..layout }, c.encode_utf8(&mut [0; 4]))
}

/// Formats bytes for `%b`, `%s` or `%c` of a `bytes` format.
pub fn format_bytes(layout: Layout, bytes: &[u8]) -> Vec<u8> {
    let bytes = &bytes[..layout.precision.map_or(bytes.len(), |most| most.min(bytes.len()))];
    let padding = vec![b' '; layout.width.saturating_sub(bytes.len())];
    if layout.flags.left { [bytes, &padding].concat() } else { [&padding, bytes].concat() }
}

/// Formats an integer for `d`, `i`, `u`, `o`, `x` or `X`; `limit` is the digit limit.
///
/// # Errors
/// Too many decimal digits.
pub fn format_int(layout: Layout, n: IntArg<'_>, code: char, limit: usize) -> Result<String, IntError> {
    let (base, prefix) = match code {
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits = n.digits(base, limit)?;
    if code == 'X' {
        digits.make_ascii_uppercase();
    }
    if let Some(missing) = layout.precision.map(|least| least.saturating_sub(digits.len())) {
        digits.insert_str(0, &"0".repeat(missing));
    }
    Ok(format_number(layout, n.is_negative(), if layout.flags.alternate { prefix } else { "" }, &digits))
}

/// Formats a float for `e`, `E`, `f`, `F`, `g` or `G`.
pub fn format_float(layout: Layout, x: f64, code: char) -> String {
    let notation = match code {
        'e' | 'E' => Notation::Exponent,
        'f' | 'F' => Notation::Fixed,
        _ => Notation::General,
    };
    let style = Style {
        upper: code.is_ascii_uppercase(),
        alternate: layout.flags.alternate,
        ..Style::new(notation, layout.precision.unwrap_or(6))
    };
    let text = float::spell(x, style);
    match text.strip_prefix('-') {
        Some(size) => format_number(layout, true, "", size),
        None => format_number(layout, false, "", &text),
    }
}

fn format_number(layout: Layout, negative: bool, prefix: &str, digits: &str) -> String {
    let sign = match (negative, layout.flags) {
        (true, _) => "-",
        (false, Flags { plus: true, .. }) => "+",
        (false, Flags { blank: true, .. }) => " ",
        (false, _) => "",
    };
    let missing = layout.width.saturating_sub(sign.len() + prefix.len() + digits.len());
    match layout.flags {
        Flags { left: true, .. } => [sign, prefix, digits, &" ".repeat(missing)].concat(),
        Flags { zero: true, .. } => [sign, prefix, &"0".repeat(missing), digits].concat(),
        _ => [&" ".repeat(missing), sign, prefix, digits].concat(),
    }
}
