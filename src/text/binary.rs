//! Bytes as text and back: hexadecimal, Base64, uuencode, quoted-printable; checksums.
//!
//! Source: RFC 4648 and RFC 2045, Standard Library "binascii".

/// What is wrong with an encoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinaryError(pub String);

impl BinaryError {
    fn new<T>(message: impl Into<String>) -> Result<T, BinaryError> {
        Err(BinaryError(message.into()))
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD: u8 = b'=';

fn base64_value(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

/// Base64 of the data, without a newline.
pub fn to_base64(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4);
    for group in data.chunks(3) {
        let word = u32::from(group[0]) << 16
            | u32::from(group.get(1).copied().unwrap_or(0)) << 8
            | u32::from(group.get(2).copied().unwrap_or(0));
        for place in 0..4 {
            out.push(if place <= group.len() { BASE64[(word >> (18 - 6 * place) & 63) as usize] } else { PAD });
        }
    }
    out
}

/// The data of a Base64 text. Unless `strict`, other characters are passed over.
///
/// # Errors
/// What is wrong with it.
pub fn from_base64(text: &[u8], strict: bool) -> Result<Vec<u8>, BinaryError> {
    if strict && text.first() == Some(&PAD) {
        return BinaryError::new("Leading padding not allowed");
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut quad, mut left, mut pads) = (0usize, 0u8, 0usize);
    let mut padding_started = false;
    for (index, &byte) in text.iter().enumerate() {
        if byte == PAD {
            padding_started = true;
            pads += 1;
            if quad >= 2 && quad + pads >= 4 {
                if strict && index + 1 < text.len() {
                    return BinaryError::new("Excess data after padding");
                }
                return Ok(out);
            }
            // A sign too many; strictly, one where none belongs.
            if strict && quad == 0 {
                return BinaryError::new("Excess padding not allowed");
            }
            continue;
        }
        let Some(value) = base64_value(byte) else {
            if strict {
                return BinaryError::new("Only base64 data is allowed");
            }
            continue;
        };
        if strict && padding_started {
            return BinaryError::new("Discontinuous padding not allowed");
        }
        pads = 0;
        match quad {
            0 => left = value,
            1 => {
                out.push(left << 2 | value >> 4);
                left = value & 0xf;
            }
            2 => {
                out.push(left << 4 | value >> 2);
                left = value & 3;
            }
            _ => out.push(left << 6 | value),
        }
        quad = (quad + 1) % 4;
    }
    match quad {
        0 => Ok(out),
        1 => BinaryError::new(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            out.len() / 3 * 4 + 1
        )),
        _ => BinaryError::new("Incorrect padding"),
    }
}

/// Hexadecimal digits of the data.
pub fn to_hex(data: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    data.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}

/// The data of hexadecimal digits.
///
/// # Errors
/// What is wrong with them.
pub fn from_hex(text: &[u8]) -> Result<Vec<u8>, BinaryError> {
    if !text.len().is_multiple_of(2) {
        return BinaryError::new("Odd-length string");
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    text.chunks_exact(2)
        .map(|pair| match (digit(pair[0]), digit(pair[1])) {
            (Some(high), Some(low)) => Ok((high << 4 | low) as u8),
            _ => BinaryError::new("Non-hexadecimal digit found"),
        })
        .collect()
}

/// A line of uuencoded data of at most 45 bytes. A zero is a backtick or a blank.
///
/// # Errors
/// Too much data.
pub fn to_uu(data: &[u8], backtick: bool) -> Result<Vec<u8>, BinaryError> {
    if data.len() > 45 {
        return BinaryError::new("At most 45 bytes at once");
    }
    let sign = |value: u32| if value == 0 && backtick { b'`' } else { value as u8 + b' ' };
    let mut out = vec![sign(data.len() as u32)];
    for group in data.chunks(3) {
        let at = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        out.extend([18, 12, 6, 0].map(|shift| sign(word >> shift & 63)));
    }
    out.push(b'\n');
    Ok(out)
}

/// The data of a uuencoded line.
///
/// # Errors
/// What is wrong with it.
pub fn from_uu(line: &[u8]) -> Result<Vec<u8>, BinaryError> {
    let length = line.first().map_or(32, |byte| usize::from(byte.wrapping_sub(b' ') & 63));
    let length = if line.is_empty() { 32 } else { length };
    let mut out = Vec::with_capacity(length);
    let (mut word, mut bits) = (0u32, 0);
    let mut rest = line.iter().skip(1);
    while out.len() < length {
        // A line that was cut short ends in zeros.
        let value = match rest.next() {
            None | Some(b'\n' | b'\r') => 0,
            Some(byte) if (b' '..=b'`').contains(byte) => u32::from((byte - b' ') & 63),
            Some(_) => return BinaryError::new("Illegal char"),
        };
        word = word << 6 | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    if rest.any(|byte| !matches!(byte, b' ' | b'`' | b'\n' | b'\r')) {
        return BinaryError::new("Trailing garbage");
    }
    Ok(out)
}

/// CRC-32 (IEEE 802.3), continued from `start`.
pub fn crc32(data: &[u8], start: u32) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut index = 0;
        while index < 256 {
            let (mut value, mut bit) = (index as u32, 0);
            while bit < 8 {
                value = if value & 1 != 0 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
                bit += 1;
            }
            table[index] = value;
            index += 1;
        }
        table
    };
    !data.iter().fold(!start, |crc, byte| TABLE[usize::from(crc as u8 ^ byte)] ^ crc >> 8)
}

/// CRC-CCITT, continued from `start`.
pub fn crc_hqx(data: &[u8], start: u16) -> u16 {
    data.iter().fold(start, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 })
    })
}

/// The data of a quoted-printable text; with `header`, an underscore is a blank.
pub fn from_quoted(text: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        at += 1;
        if byte != b'=' {
            out.push(if header && byte == b'_' { b' ' } else { byte });
            continue;
        }
        match text.get(at) {
            None => break,
            Some(b'\n' | b'\r') => {
                // A soft line break: all up to the newline goes.
                while at < text.len() && text[at] != b'\n' {
                    at += 1;
                }
                at += 1;
            }
            Some(b'=') => {
                out.push(b'=');
                at += 1;
            }
            Some(&high) => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                match (digit(high), text.get(at + 1).and_then(|low| digit(*low))) {
                    (Some(high), Some(low)) => {
                        out.push((high << 4 | low) as u8);
                        at += 2;
                    }
                    _ => out.push(b'='),
                }
            }
        }
    }
    out
}

/// The quoted-printable text of data.
pub fn to_quoted(data: &[u8], quote_tabs: bool, is_text: bool, header: bool) -> Vec<u8> {
    const WIDTH: usize = 76;
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let crlf = data.iter().position(|byte| *byte == b'\n').is_some_and(|at| at > 0 && data[at - 1] == b'\r');
    let newline: &[u8] = if crlf { b"\r\n" } else { b"\n" };
    let hex = |byte: u8| {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        [b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
    };
    let mut line = 0;
    let mut at = 0;
    while at < data.len() {
        let byte = data[at];
        let next = data.get(at + 1);
        let ends_line = matches!(next, None | Some(b'\n'));
        let quoted = byte > 126
            || byte == b'='
            || (header && byte == b'_')
            || (byte == b'.' && line == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0)))
            || (!is_text && matches!(byte, b'\r' | b'\n'))
            || (matches!(byte, b' ' | b'\t') && next.is_none())
            || (byte < 33 && !matches!(byte, b'\r' | b'\n') && (quote_tabs || !matches!(byte, b'\t' | b' ')));
        if quoted {
            if line + 3 >= WIDTH {
                out.push(b'=');
                out.extend_from_slice(newline);
                line = 0;
            }
            out.extend(hex(byte));
            line += 3;
            at += 1;
            continue;
        }
        if is_text && (byte == b'\n' || (byte == b'\r' && next == Some(&b'\n'))) {
            line = 0;
            // White space before a newline would be lost on the way.
            if let Some(last @ (b' ' | b'\t')) = out.last().copied() {
                out.pop();
                out.extend(hex(last));
            }
            out.extend_from_slice(newline);
            at += if byte == b'\r' { 2 } else { 1 };
            continue;
        }
        if next.is_some() && !ends_line && line + 1 >= WIDTH {
            out.push(b'=');
            out.extend_from_slice(newline);
            line = 0;
        }
        line += 1;
        out.push(if header && byte == b' ' { b'_' } else { byte });
        at += 1;
    }
    out
}
