//! The text of a `str`: short texts lie in the object itself.
//!
//! Most strs of a program are short: characters, words, numbers, names. Theirs take no memory beside the object, which
//! makes and frees them twice as fast. A longer text is a `String`.

use std::borrow::Cow;

/// The most bytes of a text that lies in the object; with them the whole `str` object takes one cache line.
const SHORT: usize = 30;

/// UTF-8 text.
pub struct Text(Form);

enum Form {
    /// INVARIANT: the first `length` bytes are UTF-8.
    Short {
        length: u8,
        bytes: [u8; SHORT],
    },
    Long(String),
}

impl Text {
    /// An empty text with room for so many bytes.
    pub fn with_capacity(length: usize) -> Text {
        Text(if length <= SHORT {
            Form::Short { length: 0, bytes: [0; SHORT] }
        } else {
            Form::Long(String::with_capacity(length))
        })
    }

    /// The same, unless there is no memory for it.
    pub fn try_with_capacity(length: usize) -> Option<Text> {
        if length <= SHORT {
            return Some(Text::with_capacity(length));
        }
        let mut text = String::new();
        text.try_reserve_exact(length).ok()?;
        Some(Text(Form::Long(text)))
    }

    /// Appends; what grows too long for the object becomes a `String`.
    pub fn push(&mut self, more: &str) {
        if let Form::Long(text) = &mut self.0 {
            text.push_str(more);
        } else if !self.try_push(more) {
            self.0 = Form::Long([self.as_str(), more].concat());
        }
    }

    /// The text.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Short { length, bytes } => {
                // SAFETY: by the invariant these bytes are UTF-8.
                unsafe { std::str::from_utf8_unchecked(&bytes[..usize::from(*length)]) }
            }
            Form::Long(text) => text,
        }
    }

    /// Appends; false when there is no memory for it.
    pub fn try_push(&mut self, more: &str) -> bool {
        let long = match &mut self.0 {
            Form::Short { length, bytes } => {
                let start = usize::from(*length);
                if let Some(room) = bytes[start..].get_mut(..more.len()) {
                    room.copy_from_slice(more.as_bytes());
                    *length += more.len() as u8;
                    return true;
                }
                let mut long = String::new();
                let total = start + more.len();
                if long.try_reserve(total.max(2 * SHORT)).is_err() && long.try_reserve_exact(total).is_err() {
                    return false;
                }
                long.push_str(self.as_str());
                long.push_str(more);
                long
            }
            Form::Long(text) => {
                // A character at a time is how programs build texts.
                if let [byte @ 0..0x80] = more.as_bytes()
                    && text.len() < text.capacity()
                {
                    text.push(char::from(*byte));
                    return true;
                }
                if text.try_reserve(more.len()).is_err() && text.try_reserve_exact(more.len()).is_err() {
                    return false;
                }
                text.push_str(more);
                return true;
            }
        };
        self.0 = Form::Long(long);
        true
    }
}

/// Copies a few bytes by two pieces of one size, which may overlap: less than a call of the general copying takes.
#[inline(always)]
fn copy_short(from: &[u8], to: &mut [u8; SHORT]) {
    #[inline(always)]
    fn halves<const N: usize>(from: &[u8], to: &mut [u8; SHORT]) -> Option<()> {
        let (first, last) = (from.first_chunk::<N>()?, from.last_chunk::<N>()?);
        to.get_mut(..N)?.copy_from_slice(first);
        to.get_mut(from.len() - N..from.len())?.copy_from_slice(last);
        Some(())
    }
    let _ = match from.len() {
        0 => Some(()),
        1 => halves::<1>(from, to),
        2..=3 => halves::<2>(from, to),
        4..=7 => halves::<4>(from, to),
        8..=15 => halves::<8>(from, to),
        _ => halves::<16>(from, to),
    };
}

impl From<&str> for Text {
    #[inline]
    fn from(text: &str) -> Text {
        if text.len() > SHORT {
            return Text(Form::Long(text.to_owned()));
        }
        let mut bytes = [0; SHORT];
        copy_short(text.as_bytes(), &mut bytes);
        Text(Form::Short { length: text.len() as u8, bytes })
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        // A short text in a large buffer must not keep the buffer.
        if text.len() > SHORT { Text(Form::Long(text)) } else { Text::from(text.as_str()) }
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Text {
        Text::from(text.as_str())
    }
}

impl From<char> for Text {
    fn from(c: char) -> Text {
        Text::from(&*c.encode_utf8(&mut [0; 4]))
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Text {
        match text {
            Cow::Borrowed(text) => Text::from(text),
            Cow::Owned(text) => Text::from(text),
        }
    }
}

impl From<Box<str>> for Text {
    fn from(text: Box<str>) -> Text {
        Text::from(String::from(text))
    }
}
