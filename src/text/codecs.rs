//! Text to bytes and back: `str.encode` and `bytes.decode`.
//!
//! A [`Codec`] works up to the first thing it cannot do and reports it ([`CodecError`], with CPython's positions and reasons);
//! an error handler answers with a replacement and the place to go on from. The built-in handlers are [`Errors`]; a handler
//! written in Python is driven by the caller through [`Codec::decode_some`] and [`Codec::encode_some`] in the same way.
//!
//! Source: Standard Library "codecs: Standard Encodings, Error Handlers". The East Asian and single-byte tables are encoding_rs's,
//! minus what the Encoding Standard adds to them.

use encoding_rs::Encoding;

use super::{repr, surrogate};

/// Why some text cannot be encoded, or some bytes not decoded: the fields of `UnicodeEncodeError` and `UnicodeDecodeError`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodecError {
    /// The codec, as the message names it.
    pub encoding: &'static str,
    /// Where the trouble starts, in bytes when decoding, in characters when encoding.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What is wrong.
    pub reason: &'static str,
    /// When encoding, where the trouble starts and ends in bytes of the text.
    pub span: (usize, usize),
}

impl CodecError {
    const fn new(encoding: &'static str, start: usize, end: usize, reason: &'static str) -> Self {
        Self { encoding, start, end, reason, span: (start, end) }
    }

    /// The message of the `UnicodeDecodeError`; `bytes` is the whole input.
    pub fn decode_message(&self, bytes: &[u8]) -> String {
        let Self { encoding, start, end, reason, .. } = self;
        match bytes.get(*start) {
            Some(byte) if *end == start + 1 => {
                format!("'{encoding}' codec can't decode byte {byte:#04x} in position {start}: {reason}")
            }
            _ => {
                let last = end.saturating_sub(1);
                format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}")
            }
        }
    }

    /// The message of the `UnicodeEncodeError`; `text` is the whole input.
    pub fn encode_message(&self, text: &str) -> String {
        let Self { encoding, start, end, reason, .. } = self;
        match text.get(self.span.0..).and_then(|rest| rest.chars().next()) {
            Some(c) if *end == start + 1 => {
                let mut shown = String::new();
                repr::push_escape(&mut shown, c);
                format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
            }
            _ => {
                let last = end.saturating_sub(1);
                format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}")
            }
        }
    }
}

/// A built-in error handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// Fail.
    Strict,
    /// Leave it out.
    Ignore,
    /// `?`, or U+FFFD when decoding.
    Replace,
    /// `\x80`
    BackslashReplace,
    /// `&#128;`
    XmlCharRefReplace,
    /// `\N{...}`; Coil carries no table of names, and writes what CPython writes for a character without one.
    NameReplace,
    /// Undecodable bytes become lone surrogates, and back.
    SurrogateEscape,
    /// Surrogates are coded like other characters.
    SurrogatePass,
}

impl Errors {
    /// Looks up the value of the `errors` argument; `None` for a name that is not built in.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "strict" => Self::Strict,
            "ignore" => Self::Ignore,
            "replace" => Self::Replace,
            "backslashreplace" => Self::BackslashReplace,
            "xmlcharrefreplace" => Self::XmlCharRefReplace,
            "namereplace" => Self::NameReplace,
            "surrogateescape" => Self::SurrogateEscape,
            "surrogatepass" => Self::SurrogatePass,
            _ => return None,
        })
    }
}

/// The order of the bytes in a wide character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endian {
    /// As the mark at the start says; little without a mark. Writing puts a mark.
    Marked,
    /// Low byte first.
    Little,
    /// High byte first.
    Big,
}

/// A text encoding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Codec {
    /// UTF-8
    Utf8,
    /// UTF-8 with a mark at the start
    Utf8Sig,
    /// ASCII
    Ascii,
    /// ISO 8859-1: the first 256 code points
    Latin1,
    /// UTF-16
    Utf16(Endian),
    /// UTF-32
    Utf32(Endian),
    /// The escapes of string literals
    UnicodeEscape,
    /// Only `\u` and `\U`
    RawUnicodeEscape,
    /// One byte a character
    Charmap(&'static Legacy),
    /// One or more bytes a character
    Multibyte(&'static Legacy),
}

/// An encoding from before Unicode.
#[derive(Debug, PartialEq)]
pub struct Legacy {
    name: &'static str,
    table: &'static Encoding,
}

macro_rules! legacy {
    ($($name:literal $table:ident),* $(,)?) => { &[$(Legacy { name: $name, table: encoding_rs::$table }),*] };
}

static CHARMAPS: &[Legacy] = legacy!(
    "cp1250" WINDOWS_1250, "cp1251" WINDOWS_1251, "cp1252" WINDOWS_1252, "cp1253" WINDOWS_1253, "cp1254" WINDOWS_1254,
    "cp1255" WINDOWS_1255, "cp1256" WINDOWS_1256, "cp1257" WINDOWS_1257, "cp1258" WINDOWS_1258, "cp866" IBM866,
    "iso8859-2" ISO_8859_2, "iso8859-3" ISO_8859_3, "iso8859-4" ISO_8859_4, "iso8859-5" ISO_8859_5, "iso8859-6" ISO_8859_6,
    "iso8859-7" ISO_8859_7, "iso8859-8" ISO_8859_8, "iso8859-10" ISO_8859_10, "iso8859-13" ISO_8859_13,
    "iso8859-14" ISO_8859_14, "iso8859-15" ISO_8859_15, "iso8859-16" ISO_8859_16, "koi8-r" KOI8_R, "koi8-u" KOI8_U,
    "mac-roman" MACINTOSH,
);

static MULTIBYTES: &[Legacy] = legacy!(
    "gbk" GBK, "gb2312" GBK, "gb18030" GB18030, "big5" BIG5, "shift_jis" SHIFT_JIS, "cp932" SHIFT_JIS, "euc_jp" EUC_JP,
    "euc_kr" EUC_KR, "cp949" EUC_KR,
);

impl Codec {
    /// Looks up an encoding by any of its names; `None` if Coil has none of that name.
    ///
    /// ```
    /// use coil::text::codecs::Codec;
    /// assert_eq!(Codec::named("UTF8"), Some(Codec::Utf8));
    /// assert_eq!(Codec::named("cp936").map(|codec| codec.name()), Some("gbk"));
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let name = normalize(name);
        let name = name.strip_prefix("cs").filter(|rest| rest.starts_with("iso")).unwrap_or(&name);
        Some(match name {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Self::Utf8,
            "utf_8_sig" | "utf8_sig" => Self::Utf8Sig,
            "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "iso646_us" | "us" | "cp367" | "ibm367" => Self::Ascii,
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859" | "8859" | "cp819"
            | "ibm819" => Self::Latin1,
            "utf_16" | "utf16" | "u16" => Self::Utf16(Endian::Marked),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Self::Utf16(Endian::Little),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Self::Utf16(Endian::Big),
            "utf_32" | "utf32" | "u32" => Self::Utf32(Endian::Marked),
            "utf_32_le" | "utf_32le" => Self::Utf32(Endian::Little),
            "utf_32_be" | "utf_32be" => Self::Utf32(Endian::Big),
            "unicode_escape" | "unicodeescape" => Self::UnicodeEscape,
            "raw_unicode_escape" | "rawunicodeescape" => Self::RawUnicodeEscape,
            _ => return Self::legacy(name),
        })
    }

    fn legacy(name: &str) -> Option<Self> {
        let name = match name {
            "936" | "cp936" | "ms936" => "gbk",
            "chinese" | "euc_cn" | "euccn" | "eucgb2312_cn" | "gb2312_1980" | "gb2312_80" | "iso_ir_58" => "gb2312",
            "gb18030_2000" => "gb18030",
            "big5_tw" | "csbig5" => "big5",
            "sjis" | "shiftjis" | "s_jis" | "csshiftjis" => "shift_jis",
            "932" | "ms932" | "mskanji" | "ms_kanji" | "windows_31j" => "cp932",
            "eucjp" | "ujis" | "u_jis" => "euc_jp",
            "euckr" | "korean" | "ksc5601" | "ks_c_5601" | "ks_c_5601_1987" | "ksx1001" | "ks_x_1001" => "euc_kr",
            "949" | "ms949" | "uhc" => "cp949",
            "latin2" | "l2" => "iso8859-2",
            "cyrillic" => "iso8859-5",
            "arabic" => "iso8859-6",
            "greek" | "greek8" => "iso8859-7",
            "hebrew" => "iso8859-8",
            "latin9" | "l9" => "iso8859-15",
            "866" | "ibm866" => "cp866",
            "macroman" | "macintosh" => "mac-roman",
            other => other,
        };
        let name = name.replace("windows_", "cp").replace("iso_8859", "iso8859");
        // The names of the tables themselves, whatever joins their parts; a bare code page number is one too.
        let is = |legacy: &&Legacy| {
            let own = legacy.name.replace('-', "_");
            own == name.replace('-', "_") || own.strip_prefix("cp") == Some(&*name)
        };
        let charmap = CHARMAPS.iter().find(is).map(Self::Charmap);
        charmap.or_else(|| MULTIBYTES.iter().find(is).map(Self::Multibyte))
    }

    /// The name of `codecs.lookup(...).name`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Sig => "utf-8-sig",
            Self::Ascii => "ascii",
            Self::Latin1 => "iso8859-1",
            Self::Utf16(Endian::Marked) => "utf-16",
            Self::Utf16(Endian::Little) => "utf-16-le",
            Self::Utf16(Endian::Big) => "utf-16-be",
            Self::Utf32(Endian::Marked) => "utf-32",
            Self::Utf32(Endian::Little) => "utf-32-le",
            Self::Utf32(Endian::Big) => "utf-32-be",
            Self::UnicodeEscape => "unicode-escape",
            Self::RawUnicodeEscape => "raw-unicode-escape",
            Self::Charmap(legacy) | Self::Multibyte(legacy) => legacy.name,
        }
    }

    /// `bytes.decode`
    ///
    /// # Errors
    /// Bytes that the encoding does not have and the handler does not take.
    pub fn decode(self, bytes: &[u8], errors: Errors) -> Result<String, CodecError> {
        let mut out = String::with_capacity(bytes.len());
        let mut at = 0;
        while let Err(error) = self.decode_some(bytes, at, &mut out) {
            at = self.recover_decoding(bytes, error, errors, &mut out)?;
        }
        Ok(out)
    }

    /// Applies a handler to a decoding error: appends the replacement and returns where to go on.
    fn recover_decoding(
        self,
        bytes: &[u8],
        error: CodecError,
        errors: Errors,
        out: &mut String,
    ) -> Result<usize, CodecError> {
        let bad = &bytes[error.start..error.end];
        match errors {
            Errors::Ignore => {}
            Errors::Replace => out.push('\u{fffd}'),
            Errors::BackslashReplace => bad.iter().for_each(|b| out.push_str(&format!("\\x{b:02x}"))),
            Errors::SurrogateEscape => {
                let escaped = bad.iter().take(4).take_while(|b| !b.is_ascii()).count();
                if escaped == 0 {
                    return Err(error);
                }
                out.extend(bad[..escaped].iter().filter_map(|&b| surrogate::to_private(0xdc00 + u32::from(b))));
                return Ok(error.start + escaped);
            }
            Errors::SurrogatePass => {
                let (point, length) = self.surrogate_at(&bytes[error.start..]).ok_or_else(|| error.clone())?;
                out.extend(surrogate::to_private(point));
                return Ok(error.start + length);
            }
            Errors::Strict | Errors::XmlCharRefReplace | Errors::NameReplace => return Err(error),
        }
        Ok(error.end)
    }

    /// Reads a coded surrogate, for `surrogatepass`: its code point and length.
    fn surrogate_at(self, bytes: &[u8]) -> Option<(u32, usize)> {
        let (point, length) = match (self, bytes) {
            (Self::Utf8 | Self::Utf8Sig, [0xed, b @ 0xa0..=0xbf, c @ 0x80..=0xbf, ..]) => {
                (0xd000 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f), 3)
            }
            (Self::Utf16(Endian::Big), [a, b, ..]) => (u32::from(u16::from_be_bytes([*a, *b])), 2),
            (Self::Utf16(_), [a, b, ..]) => (u32::from(u16::from_le_bytes([*a, *b])), 2),
            (Self::Utf32(Endian::Big), [a, b, c, d, ..]) => (u32::from_be_bytes([*a, *b, *c, *d]), 4),
            (Self::Utf32(_), [a, b, c, d, ..]) => (u32::from_le_bytes([*a, *b, *c, *d]), 4),
            _ => return None,
        };
        (0xd800..=0xdfff).contains(&point).then_some((point, length))
    }

    /// Decodes from position `at`, appending to `out`, up to the end or the first error.
    ///
    /// # Errors
    /// The first bytes that the encoding does not have; what precedes them is decoded.
    pub fn decode_some(self, bytes: &[u8], at: usize, out: &mut String) -> Result<(), CodecError> {
        match self {
            Self::Utf8 => decode_utf8(bytes, at, out),
            Self::Utf8Sig => {
                decode_utf8(bytes, if at == 0 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { at }, out)
            }
            Self::Ascii => {
                let good = bytes[at..].iter().take_while(|b| b.is_ascii()).count();
                out.extend(bytes[at..at + good].iter().map(|&b| char::from(b)));
                let bad = at + good;
                if bad == bytes.len() { Ok(()) } else { Err(CodecError::new("ascii", bad, bad + 1, ORDINAL_128)) }
            }
            Self::Latin1 => {
                out.extend(bytes[at..].iter().map(|&b| char::from(b)));
                Ok(())
            }
            Self::Utf16(endian) => decode_utf16(bytes, at, endian, out),
            Self::Utf32(endian) => decode_utf32(bytes, at, endian, out),
            Self::UnicodeEscape => decode_escapes(bytes, at, false, out),
            Self::RawUnicodeEscape => decode_escapes(bytes, at, true, out),
            Self::Charmap(legacy) => decode_charmap(bytes, at, legacy, out),
            Self::Multibyte(legacy) => decode_multibyte(bytes, at, legacy, out),
        }
    }

    /// `str.encode`
    ///
    /// # Errors
    /// Characters that the encoding does not have and the handler does not take.
    pub fn encode(self, text: &str, errors: Errors) -> Result<Vec<u8>, CodecError> {
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Err(error) = self.encode_some(text, at, &mut out) {
            at = self.recover_encoding(text, error, errors, &mut out)?;
        }
        Ok(out)
    }

    /// Applies a handler to an encoding error: appends the replacement and returns where to go on, in bytes.
    fn recover_encoding(
        self,
        text: &str,
        error: CodecError,
        errors: Errors,
        out: &mut Vec<u8>,
    ) -> Result<usize, CodecError> {
        let bad = &text[error.span.0..error.span.1];
        let mut replacement = String::new();
        match errors {
            Errors::Ignore => {}
            Errors::Replace => bad.chars().for_each(|_| replacement.push('?')),
            Errors::BackslashReplace => bad.chars().for_each(|c| repr::push_escape(&mut replacement, c)),
            Errors::NameReplace => {
                for c in bad.chars() {
                    // Surrogates stand in private places, which have no names either.
                    match coil_grammar::names::name_of(c) {
                        Some(name) => replacement.push_str(&format!("\\N{{{name}}}")),
                        None => repr::push_escape(&mut replacement, c),
                    }
                }
            }
            Errors::XmlCharRefReplace => {
                bad.chars().for_each(|c| replacement.push_str(&format!("&#{};", surrogate::from_private(c))));
            }
            // A byte alone would put all that follows out of step.
            Errors::SurrogateEscape if matches!(self, Self::Utf16(_) | Self::Utf32(_)) => return Err(error),
            Errors::SurrogateEscape => {
                // Each one stands for a byte; the first that does not is the error.
                for (index, (at, c)) in bad.char_indices().enumerate() {
                    match surrogate::from_private(c) {
                        point @ 0xdc80..=0xdcff => out.push((point - 0xdc00) as u8),
                        _ if matches!(self, Self::Charmap(_) | Self::Multibyte(_)) => return Err(error),
                        _ => {
                            let start = error.start + index;
                            return Err(CodecError { start, span: (error.span.0 + at, error.span.1), ..error });
                        }
                    }
                }
            }
            Errors::SurrogatePass => {
                let big = matches!(self, Self::Utf16(Endian::Big) | Self::Utf32(Endian::Big));
                for c in bad.chars() {
                    let point = surrogate::from_private(c);
                    let wide = if big { point.to_be_bytes() } else { point.to_le_bytes() };
                    match self {
                        _ if !surrogate::is_surrogate(c) => return Err(error),
                        Self::Utf8 | Self::Utf8Sig => {
                            out.extend([0xed, 0x80 | (point >> 6 & 0x3f) as u8, 0x80 | (point & 0x3f) as u8]);
                        }
                        Self::Utf16(_) => out.extend(if big { &wide[2..] } else { &wide[..2] }),
                        Self::Utf32(_) => out.extend(wide),
                        _ => return Err(error),
                    }
                }
            }
            Errors::Strict => return Err(error),
        }
        // The replacement is coded too; where even that cannot be, the error stands.
        let unmarked = match self {
            Self::Utf16(Endian::Marked) => Self::Utf16(Endian::Little),
            Self::Utf32(Endian::Marked) => Self::Utf32(Endian::Little),
            Self::Utf8Sig => Self::Utf8,
            other => other,
        };
        unmarked.encode_some(&replacement, 0, out).map_err(|_| error.clone())?;
        Ok(error.span.1)
    }

    /// Encodes from byte position `at` of the text, appending to `out`, up to the end or the first error.
    ///
    /// # Errors
    /// The first characters that the encoding does not have; what precedes them is encoded.
    pub fn encode_some(self, text: &str, at: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        match self {
            Self::Utf8 | Self::Utf8Sig => {
                if self == Self::Utf8Sig && at == 0 {
                    out.extend(b"\xef\xbb\xbf");
                }
                if !surrogate::contains_surrogate(&text[at..]) {
                    out.extend(text[at..].bytes());
                    return Ok(());
                }
                self.encode_runs(
                    text,
                    at,
                    "utf-8",
                    SURROGATES,
                    |c| !surrogate::is_surrogate(c),
                    |c, buffer| {
                        buffer.extend(c.encode_utf8(&mut [0; 4]).bytes());
                    },
                    out,
                )
            }
            Self::Ascii => {
                if text[at..].is_ascii() {
                    out.extend(text[at..].bytes());
                    return Ok(());
                }
                self.encode_runs(text, at, "ascii", ORDINAL_128, |c| c.is_ascii(), |c, out| out.push(c as u8), out)
            }
            Self::Latin1 => {
                self.encode_runs(text, at, "latin-1", ORDINAL_256, |c| c <= '\u{ff}', |c, out| out.push(c as u8), out)
            }
            Self::Utf16(endian) => {
                if endian == Endian::Marked && at == 0 {
                    out.extend(b"\xff\xfe");
                }
                for (index, c) in text[at..].char_indices() {
                    if surrogate::is_surrogate(c) {
                        return Err(unencodable(
                            text,
                            (at + index, at + index + c.len_utf8()),
                            self.name(),
                            SURROGATES,
                        ));
                    }
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        out.extend(if endian == Endian::Big { unit.to_be_bytes() } else { unit.to_le_bytes() });
                    }
                }
                Ok(())
            }
            Self::Utf32(endian) => {
                if endian == Endian::Marked && at == 0 {
                    out.extend(b"\xff\xfe\0\0");
                }
                for (index, c) in text[at..].char_indices() {
                    if surrogate::is_surrogate(c) {
                        return Err(unencodable(
                            text,
                            (at + index, at + index + c.len_utf8()),
                            self.name(),
                            SURROGATES,
                        ));
                    }
                    let point = c as u32;
                    out.extend(if endian == Endian::Big { point.to_be_bytes() } else { point.to_le_bytes() });
                }
                Ok(())
            }
            Self::UnicodeEscape | Self::RawUnicodeEscape => {
                text[at..].chars().for_each(|c| encode_escape(c, self == Self::RawUnicodeEscape, out));
                Ok(())
            }
            Self::Charmap(legacy) => self.encode_runs(
                text,
                at,
                "charmap",
                UNDEFINED,
                |c| legacy_bytes(legacy, c).is_some(),
                |c, out| out.extend(legacy_bytes(legacy, c).unwrap_or_default()),
                out,
            ),
            Self::Multibyte(legacy) => {
                for (index, c) in text[at..].char_indices() {
                    let Some(bytes) = legacy_bytes(legacy, c) else {
                        let span = (at + index, at + index + c.len_utf8());
                        return Err(unencodable(text, span, legacy.name, "illegal multibyte sequence"));
                    };
                    out.extend(bytes);
                }
                Ok(())
            }
        }
    }

    /// Encodes character by character; neighbouring characters that the encoding lacks make one error.
    #[expect(clippy::too_many_arguments, reason = "the parts of one loop that four encodings share")]
    fn encode_runs(
        self,
        text: &str,
        at: usize,
        encoding: &'static str,
        reason: &'static str,
        has: impl Fn(char) -> bool,
        push: impl Fn(char, &mut Vec<u8>),
        out: &mut Vec<u8>,
    ) -> Result<(), CodecError> {
        for (index, c) in text[at..].char_indices() {
            if !has(c) {
                let start = at + index;
                let end = text[start..].find(&has).map_or(text.len(), |length| start + length);
                return Err(unencodable(text, (start, end), encoding, reason));
            }
            push(c, out);
        }
        Ok(())
    }
}

const ORDINAL_128: &str = "ordinal not in range(128)";
const ORDINAL_256: &str = "ordinal not in range(256)";
const SURROGATES: &str = "surrogates not allowed";
const UNDEFINED: &str = "character maps to <undefined>";
const UNEXPECTED_END: &str = "unexpected end of data";

/// Lower case, with any run of other characters than letters, digits and points made one underscore.
fn normalize(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.truncate(out.trim_end_matches('_').len());
    out
}

fn unencodable(text: &str, span: (usize, usize), encoding: &'static str, reason: &'static str) -> CodecError {
    let start = text[..span.0].chars().count();
    let end = start + text[span.0..span.1].chars().count();
    CodecError { encoding, start, end, reason, span }
}

fn decode_utf8(bytes: &[u8], at: usize, out: &mut String) -> Result<(), CodecError> {
    let rest = &bytes[at..];
    // What precedes the error is valid by what the error says.
    let error = match std::str::from_utf8(rest) {
        Ok(text) => {
            out.push_str(text);
            return Ok(());
        }
        Err(error) => error,
    };
    out.push_str(std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default());
    let start = at + error.valid_up_to();
    let (end, reason) = match (error.error_len(), bytes[start]) {
        (None, _) => (bytes.len(), UNEXPECTED_END),
        (Some(length), 0xc2..=0xf4) => (start + length, "invalid continuation byte"),
        (Some(length), _) => (start + length, "invalid start byte"),
    };
    Err(CodecError::new("utf-8", start, end, reason))
}

/// The order that a mark at the start asks for, and the length of the mark.
fn marked(bytes: &[u8], at: usize, endian: Endian, little: &[u8], big: &[u8]) -> (bool, usize) {
    match endian {
        Endian::Marked if bytes.starts_with(big) => (true, at.max(big.len())),
        Endian::Marked if bytes.starts_with(little) => (false, at.max(little.len())),
        _ => (endian == Endian::Big, at),
    }
}

fn decode_utf16(bytes: &[u8], at: usize, endian: Endian, out: &mut String) -> Result<(), CodecError> {
    let (big, mut at) = marked(bytes, at, endian, b"\xff\xfe", b"\xfe\xff");
    let encoding = if big { "utf-16-be" } else { "utf-16-le" };
    let unit = |at: usize| {
        let pair: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    while let Some(first) = unit(at) {
        let (c, length) = match first {
            0xd800..=0xdbff => match unit(at + 2) {
                None => return Err(CodecError::new(encoding, at, bytes.len(), UNEXPECTED_END)),
                Some(second @ 0xdc00..=0xdfff) => {
                    let point = 0x1_0000 + (u32::from(first & 0x3ff) << 10 | u32::from(second & 0x3ff));
                    (char::from_u32(point), 4)
                }
                Some(_) => return Err(CodecError::new(encoding, at, at + 2, "illegal UTF-16 surrogate")),
            },
            0xdc00..=0xdfff => return Err(CodecError::new(encoding, at, at + 2, "illegal encoding")),
            _ => (char::from_u32(u32::from(first)), 2),
        };
        out.extend(c);
        at += length;
    }
    if at >= bytes.len() { Ok(()) } else { Err(CodecError::new(encoding, at, bytes.len(), "truncated data")) }
}

fn decode_utf32(bytes: &[u8], at: usize, endian: Endian, out: &mut String) -> Result<(), CodecError> {
    let (big, mut at) = marked(bytes, at, endian, b"\xff\xfe\0\0", b"\0\0\xfe\xff");
    let encoding = if big { "utf-32-be" } else { "utf-32-le" };
    while let Some(unit) = bytes.get(at..at + 4).and_then(|unit| <[u8; 4]>::try_from(unit).ok()) {
        let point = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        let reason = match point {
            0xd800..=0xdfff => "code point in surrogate code point range(0xd800, 0xe000)",
            0x11_0000.. => "code point not in range(0x110000)",
            _ => {
                out.extend(char::from_u32(point));
                at += 4;
                continue;
            }
        };
        return Err(CodecError::new(encoding, at, at + 4, reason));
    }
    if at >= bytes.len() { Ok(()) } else { Err(CodecError::new(encoding, at, bytes.len(), "truncated data")) }
}

/// Decodes the escapes of string literals; `raw` knows only `\u` and `\U`, after an odd number of backslashes.
fn decode_escapes(bytes: &[u8], mut at: usize, raw: bool, out: &mut String) -> Result<(), CodecError> {
    let encoding = if raw { "rawunicodeescape" } else { "unicodeescape" };
    while let Some(&b) = bytes.get(at) {
        if b != b'\\' {
            out.push(char::from(b));
            at += 1;
            continue;
        }
        let start = at;
        let Some(&letter) = bytes.get(at + 1) else {
            if raw {
                out.push('\\');
                return Ok(());
            }
            return Err(CodecError::new(encoding, start, start + 1, "\\ at end of string"));
        };
        at += 2;
        if raw && !matches!(letter, b'u' | b'U') {
            out.extend(['\\', char::from(letter)]);
            continue;
        }
        let plain = match letter {
            b'\n' => continue,
            b'\\' | b'\'' | b'"' => char::from(letter),
            b'a' => '\x07',
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'v' => '\x0b',
            b'0'..=b'7' => {
                let digits = bytes[start + 1..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                at = start + 1 + digits;
                let value = bytes[start + 1..at].iter().fold(0, |n, b| n * 8 + u32::from(b - b'0'));
                out.extend(char::from_u32(value));
                continue;
            }
            b'x' | b'u' | b'U' => {
                let (count, truncated) = match letter {
                    b'x' => (2, "truncated \\xXX escape"),
                    b'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                let digits = bytes[at..].iter().take(count).take_while(|b| b.is_ascii_hexdigit()).count();
                let value =
                    bytes[at..at + digits].iter().fold(0u32, |n, &b| n << 4 | char::from(b).to_digit(16).unwrap_or(0));
                at += digits;
                if digits < count {
                    return Err(CodecError::new(encoding, start, at, truncated));
                }
                let outside = if raw { "\\Uxxxxxxxx out of range" } else { "illegal Unicode character" };
                let c = surrogate::to_private(value).ok_or_else(|| CodecError::new(encoding, start, at, outside))?;
                out.push(c);
                continue;
            }
            b'N' => {
                let name = bytes[at..].strip_prefix(b"{").and_then(|rest| rest.iter().position(|&b| b == b'}'));
                let (end, reason) = match name {
                    Some(length) if length > 0 => (at + length + 2, "unknown Unicode character name"),
                    Some(_) => (at + 1, "malformed \\N character escape"),
                    None if bytes.get(at) == Some(&b'{') => (bytes.len(), "malformed \\N character escape"),
                    None => (at, "malformed \\N character escape"),
                };
                return Err(CodecError::new(encoding, start, end, reason));
            }
            _ => {
                out.push('\\');
                char::from(letter)
            }
        };
        out.push(plain);
    }
    Ok(())
}

fn encode_escape(c: char, raw: bool, out: &mut Vec<u8>) {
    let point = surrogate::from_private(c);
    let escape = match c {
        '\0'..='\u{ff}' if raw => return out.push(c as u8),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        ' '..='~' => return out.push(c as u8),
        _ if point <= 0xff => format!("\\x{point:02x}"),
        _ if point <= 0xffff => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    };
    out.extend(escape.bytes());
}

/// The bytes of one character, or `None` if the encoding has it not.
fn legacy_bytes(legacy: &Legacy, c: char) -> Option<Vec<u8>> {
    if c.is_ascii() {
        return Some(vec![c as u8]);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = legacy.table.encode(c.encode_utf8(&mut buffer));
    // The Encoding Standard gives undefined bytes the C1 controls, and gbk a one-byte euro sign.
    let has_controls = legacy.name.starts_with("iso") || legacy.name == "gb18030";
    let invented =
        (matches!(c, '\u{80}'..='\u{9f}') && !has_controls) || (bytes.len() == 1 && legacy.table == encoding_rs::GBK);
    let outside = is_outside(legacy, &bytes);
    let surrogate = surrogate::is_surrogate(c);
    (!unmappable && !invented && !outside && !surrogate).then(|| bytes.into_owned())
}

/// Whether a sequence belongs to an extension of the encoding that the Encoding Standard includes.
fn is_outside(legacy: &Legacy, bytes: &[u8]) -> bool {
    match (legacy.name, bytes) {
        ("gbk" | "gb18030", [0x80, ..]) => true,
        ("gb2312", _) => bytes.iter().any(|&b| b < 0xa1),
        ("big5", [0xc6, 0xa1..=0xff] | [0xc7..=0xc8, _] | [0..=0xa0, _]) => true,
        _ => false,
    }
}

fn decode_charmap(bytes: &[u8], at: usize, legacy: &Legacy, out: &mut String) -> Result<(), CodecError> {
    for (index, &b) in bytes.iter().enumerate().skip(at) {
        let one = [b];
        let text = legacy.table.decode_without_bom_handling_and_without_replacement(&one);
        match text.and_then(|text| text.chars().next()) {
            // Only the ISO tables have C1 controls.
            Some(c) if !matches!(c, '\u{80}'..='\u{9f}') || legacy.name.starts_with("iso") => out.push(c),
            _ => return Err(CodecError::new("charmap", index, index + 1, UNDEFINED)),
        }
    }
    Ok(())
}

fn decode_multibyte(bytes: &[u8], mut at: usize, legacy: &Legacy, out: &mut String) -> Result<(), CodecError> {
    while let Some(&b) = bytes.get(at) {
        if b.is_ascii() {
            out.push(char::from(b));
            at += 1;
            continue;
        }
        let second = bytes.get(at + 1);
        let length = match (legacy.name, b) {
            ("shift_jis" | "cp932", 0xa1..=0xdf) => 1,
            ("gb18030", _) if second.is_some_and(u8::is_ascii_digit) => 4,
            ("euc_jp", 0x8f) => 3,
            ("shift_jis" | "cp932", 0x80 | 0xa0 | 0xfd..) | ("shift_jis", 0xeb..) => 1,
            _ => 2,
        };
        let Some(sequence) = bytes.get(at..at + length) else {
            return Err(CodecError::new(legacy.name, at, bytes.len(), "incomplete multibyte sequence"));
        };
        let outside = is_outside(legacy, sequence) || (length == 1 && !matches!(b, 0xa1..=0xdf));
        match legacy.table.decode_without_bom_handling_and_without_replacement(sequence) {
            // Only gb18030 maps anything to private use.
            Some(text)
                if !outside
                    && (legacy.name == "gb18030" || !text.contains(|c| matches!(c, '\u{e000}'..='\u{f8ff}'))) =>
            {
                out.push_str(&text);
            }
            _ => return Err(CodecError::new(legacy.name, at, at + 1, "illegal multibyte sequence")),
        }
        at += length;
    }
    Ok(())
}
