//! `str`: immutable text, and the interner of names.
//!
//! The text is UTF-8 (see `text.rs` for where it lies); an ASCII string is indexed directly, any other through a lazily built table of
//! byte offsets. A lone surrogate, which UTF-8 cannot hold, is kept as a private code point (see the grammar crate's
//! `surrogate` module). Names are interned, so that equal names are the same object and compare as words.

use std::cell::{Cell, OnceCell, RefCell};
use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::mem::ManuallyDrop;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::heap::{Obj, Payload, Ref, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::text::Text;
use super::value::Value;
use crate::text::{hashing, surrogate};

/// The payload of `str`.
pub struct Str {
    text: Text,
    hash: Cell<i64>,
    chars: Cell<u32>,
    state: Cell<u8>,
    /// Byte offset of every 32nd character of a text that is not ASCII.
    #[expect(clippy::box_collection, reason = "one word here, since few strs have it")]
    offsets: OnceCell<Box<Vec<u32>>>,
}

const HASHED: u8 = 1;
const ASCII: u8 = 2;
const INTERNED: u8 = 4;
const STRIDE: usize = 32;
const UNKNOWN: u32 = u32::MAX;

impl Payload for Str {
    const KIND: Kind = Kind::Str;
}

/// An interpreter that has just begun knows about as many names.
const USUAL_NAMES: usize = 1700;

thread_local! {
    // Never dropped, as their values must not outlive the thread's heap.
    static INTERNED_NAMES: ManuallyDrop<RefCell<HashTable<Value>>> =
        ManuallyDrop::new(RefCell::new(HashTable::with_capacity(USUAL_NAMES)));
    static ASCII_CHARS: ManuallyDrop<RefCell<Vec<Value>>> = const { ManuallyDrop::new(RefCell::new(Vec::new())) };
}

impl Str {
    /// A payload for the text.
    #[inline]
    pub fn new(text: Text) -> Str {
        let ascii = text.as_str().is_ascii();
        Str::known(text, ascii)
    }

    /// As [`Str::new`], of a text of which is known whether it is ASCII.
    #[inline]
    fn known(text: Text, ascii: bool) -> Str {
        let chars = if ascii { text.as_str().len() as u32 } else { UNKNOWN };
        let state = if ascii { ASCII } else { 0 };
        Str { text, hash: Cell::new(0), chars: Cell::new(chars), state: Cell::new(state), offsets: OnceCell::new() }
    }

    /// The text; lone surrogates stand in it as private code points.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// Whether every character is ASCII.
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.state.get() & ASCII != 0
    }

    /// Whether this is the one object for its text.
    #[inline(always)]
    pub fn is_interned(&self) -> bool {
        self.state.get() & INTERNED != 0
    }

    /// The number of characters.
    pub fn char_len(&self) -> usize {
        if self.chars.get() == UNKNOWN {
            self.chars.set(self.as_str().chars().count() as u32);
        }
        self.chars.get() as usize
    }

    /// Python's hash, which equals CPython's with `PYTHONHASHSEED=0`.
    #[inline]
    pub fn hash(&self) -> i64 {
        if self.state.get() & HASHED == 0 {
            self.hash.set(hashing::string(self.as_str()));
            self.state.set(self.state.get() | HASHED);
        }
        self.hash.get()
    }

    /// Byte offset of the character with the given index, which may be the length.
    pub fn byte_offset(&self, index: usize) -> usize {
        if self.is_ascii() {
            return index.min(self.as_str().len());
        }
        let offsets = self.offset_table();
        let Some(&start) = offsets.get(index / STRIDE) else { return self.as_str().len() };
        let start = start as usize;
        let rest = &self.as_str()[start..];
        rest.char_indices().nth(index % STRIDE).map_or(self.as_str().len(), |(offset, _)| start + offset)
    }

    fn offset_table(&self) -> &[u32] {
        self.offsets.get_or_init(|| {
            Box::new(self.as_str().char_indices().step_by(STRIDE).map(|(offset, _)| offset as u32).collect())
        })
    }

    /// Index of the character that starts at a byte offset.
    pub fn char_index(&self, offset: usize) -> usize {
        if self.is_ascii() {
            return offset;
        }
        let offsets = self.offset_table();
        let block = offsets.partition_point(|start| *start as usize <= offset).saturating_sub(1);
        let start = offsets.get(block).map_or(0, |start| *start as usize);
        block * STRIDE + self.as_str()[start..offset].chars().count()
    }

    /// The character with the given index.
    pub fn char_at(&self, index: usize) -> Option<char> {
        if self.is_ascii() {
            return self.as_str().as_bytes().get(index).map(|byte| char::from(*byte));
        }
        self.as_str()[self.byte_offset(index)..].chars().next()
    }

    /// The text between two character indexes.
    pub fn substring(&self, start: usize, end: usize) -> &str {
        if start >= end { "" } else { &self.as_str()[self.byte_offset(start)..self.byte_offset(end)] }
    }

    /// Appends in place; false when there is no room for it. Only for an object that nobody else can see.
    pub(crate) fn push_str(&mut self, more: &str, more_ascii: bool) -> bool {
        if !self.text.try_push(more) {
            return false;
        }
        let ascii = self.is_ascii() && more_ascii;
        self.state.set(if ascii { ASCII } else { 0 });
        self.chars.set(if ascii { self.as_str().len() as u32 } else { UNKNOWN });
        self.offsets.take();
        true
    }
}

/// A new `str` object.
pub fn new_str(text: impl Into<Text>) -> Ref<Str> {
    alloc(ShapeId::exact(Kind::Str), Str::new(text.into()))
}

/// A new `str` for a part of an ASCII text.
pub(super) fn new_ascii(part: &str) -> Value {
    match part.as_bytes() {
        [byte] => char_str(char::from(*byte)),
        _ => alloc(ShapeId::exact(Kind::Str), Str::known(Text::from(part), true)).into_value(),
    }
}

/// A `str` of one character; ASCII ones are shared.
pub fn char_str(c: char) -> Value {
    if !c.is_ascii() {
        return new_str(c).into_value();
    }
    ASCII_CHARS.with(|chars| {
        let mut chars = chars.borrow_mut();
        if chars.is_empty() {
            *chars = (0..128u8).map(|byte| intern(char::from(byte).encode_utf8(&mut [0; 4]))).collect();
        }
        chars[c as usize].clone()
    })
}

/// The one `str` object for a name.
pub fn intern(name: &str) -> Value {
    INTERNED_NAMES.with(|names| {
        let hash_of = |text: &str| FxBuildHasher.hash_one(text);
        let hash = hash_of(name);
        if let Some(value) = names.borrow().find(hash, |value| name_text(value) == name) {
            return value.clone();
        }
        let object = new_str(name);
        object.state.set(object.state.get() | INTERNED);
        let value = object.into_value();
        names.borrow_mut().insert_unique(hash, value.clone(), |value| hash_of(name_text(value)));
        value
    })
}

fn name_text(value: &Value) -> &str {
    value.downcast_ref::<Str>().map_or("", |text| text.as_str())
}

/// The interned object for a `str` value; anything else, and instances of subclasses, stay as they are.
#[inline]
pub fn intern_value(value: &Value) -> Value {
    match value.downcast_ref::<Str>() {
        Some(text) if text.is_interned() => value.clone(),
        Some(text) if is_exact(text) => intern(text.as_str()),
        _ => value.clone(),
    }
}

/// The interned object with the text of a `str` value, also of an instance of a subclass: what names an attribute.
pub fn intern_text(value: &Value) -> Value {
    match value.downcast_ref::<Str>() {
        Some(text) if !is_exact(text) => intern(text.as_str()),
        _ => intern_value(value),
    }
}

/// Whether the object is a `str` and not an instance of a subclass.
#[inline(always)]
pub fn is_exact(text: &Obj<Str>) -> bool {
    text.header().shape() == ShapeId::exact(Kind::Str)
}

/// Order of two texts by code point. Byte order of UTF-8 is code point order, but a lone surrogate stands in the text as
/// a private code point and must sort where the surrogate does.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (x, y) = (a.as_bytes(), b.as_bytes());
    match x.iter().zip(y).position(|(p, q)| p != q) {
        None => x.len().cmp(&y.len()),
        // Below this byte start the characters up to U+DFFF.
        Some(at) if x[at] < 0xee && y[at] < 0xee => x[at].cmp(&y[at]),
        Some(_) => a.chars().map(surrogate::from_private).cmp(b.chars().map(surrogate::from_private)),
    }
}
