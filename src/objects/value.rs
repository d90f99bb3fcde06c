//! The value word: what every variable, stack slot and container item holds.
//!
//! A [`Value`] is one tagged 64-bit word that owns its reference. Small integers and everyday floats live in the word
//! itself; everything else is a reference-counted heap object. The low three bits are the tag:
//!
//! | bits            | meaning                                                                     |
//! |-----------------|-----------------------------------------------------------------------------|
//! | `000 011 100`   | float: the word is the IEEE bits rotated left by 4                          |
//! | `x01`           | integer of 62 bits, in the upper bits                                       |
//! | `010`           | heap object: its address + 2                                                |
//! | `110`           | `None`, `False`, `True`, `NotImplemented`, `Ellipsis`                       |
//! | `111`           | empty: an unbound local or an argument not given; programs never see it     |
//!
//! After the rotation the low three bits are the top three bits of the exponent, so floats between about 1e-77 and
//! 1e77, and zeros, carry their own tag; the others are boxed. Cloning counts a reference up, dropping counts it down
//! and frees the object promptly at zero, so Rust's ownership rules do the reference counting everywhere outside the
//! interpreter loop.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use super::heap::{self, Header, Obj, Payload, Ref};

/// One value of a Python program; see the module's documentation.
#[repr(transparent)]
pub struct Value(u64);

const TAG_POINTER: u64 = 0b010;
const TAG_IMMEDIATE: u64 = 0b110;
const TAG_EMPTY: u64 = 0b111;
const FALSE_BITS: u64 = 1 << 3 | TAG_IMMEDIATE;
const TRUE_BITS: u64 = 2 << 3 | TAG_IMMEDIATE;
const NOT_IMPLEMENTED_BITS: u64 = 3 << 3 | TAG_IMMEDIATE;

/// The largest integer that lives in the word.
pub const SMALL_MAX: i64 = (1 << 61) - 1;
/// The smallest integer that lives in the word.
pub const SMALL_MIN: i64 = -(1 << 61);

impl Value {
    /// `None`
    pub const NONE: Value = Value(TAG_IMMEDIATE);
    /// `False`
    pub const FALSE: Value = Value(FALSE_BITS);
    /// `True`
    pub const TRUE: Value = Value(TRUE_BITS);
    /// `NotImplemented`
    pub const NOT_IMPLEMENTED: Value = Value(NOT_IMPLEMENTED_BITS);
    /// `Ellipsis`
    pub const ELLIPSIS: Value = Value(4 << 3 | TAG_IMMEDIATE);
    /// No value: an unbound variable, a missing optional argument.
    pub const EMPTY: Value = Value(TAG_EMPTY);

    /// The word itself.
    #[inline(always)]
    pub const fn bits(&self) -> u64 {
        self.0
    }

    /// Makes a value of a word.
    ///
    /// # Safety
    /// The word must come from [`Value::into_bits`] (taking over its reference) or hold no pointer.
    #[inline(always)]
    pub const unsafe fn from_bits(bits: u64) -> Value {
        Value(bits)
    }

    /// Gives up ownership: the reference is now the word's.
    #[inline(always)]
    pub fn into_bits(self) -> u64 {
        ManuallyDrop::new(self).0
    }

    /// A bool.
    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        Value((1 + b as u64) << 3 | TAG_IMMEDIATE)
    }

    /// An integer, when it fits the word.
    #[inline(always)]
    pub const fn small_int(i: i64) -> Option<Value> {
        if i >= SMALL_MIN && i <= SMALL_MAX { Some(Value((i as u64) << 2 | 1)) } else { None }
    }

    /// The integer in the word, if there is one. Bools are not integers here.
    #[inline(always)]
    pub const fn as_small_int(&self) -> Option<i64> {
        if self.0 & 3 == 1 { Some(self.0 as i64 >> 2) } else { None }
    }

    /// A float, when it fits the word.
    #[inline(always)]
    pub const fn inline_float(f: f64) -> Option<Value> {
        let word = f.to_bits().rotate_left(4);
        if is_float_tag(word) { Some(Value(word)) } else { None }
    }

    /// The float in the word, if there is one.
    #[inline(always)]
    pub const fn as_inline_float(&self) -> Option<f64> {
        if is_float_tag(self.0) { Some(f64::from_bits(self.0.rotate_right(4))) } else { None }
    }

    /// The bool, if it is one.
    #[inline(always)]
    pub fn as_bool(&self) -> Option<bool> {
        match self.0 {
            TRUE_BITS => Some(true),
            FALSE_BITS => Some(false),
            _ => None,
        }
    }

    /// Whether this is `None`.
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.0 == TAG_IMMEDIATE
    }

    /// Whether this is the empty word.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0 == TAG_EMPTY
    }

    /// Whether this is `NotImplemented`.
    #[inline(always)]
    pub fn is_not_implemented(&self) -> bool {
        self.0 == NOT_IMPLEMENTED_BITS
    }

    /// Whether the word is one of the five singletons.
    #[inline(always)]
    pub const fn is_immediate(&self) -> bool {
        self.0 & 7 == TAG_IMMEDIATE
    }

    /// Whether the word refers to a heap object.
    #[inline(always)]
    pub const fn is_object(&self) -> bool {
        self.0 & 7 == TAG_POINTER
    }

    /// Python's `is`.
    #[inline(always)]
    pub const fn is(&self, other: &Value) -> bool {
        self.0 == other.0
    }

    /// Python's `id()`: the address of an object, an odd number made of the word for anything else.
    pub fn id(&self) -> i64 {
        if self.is_object() { (self.0 - TAG_POINTER) as i64 } else { ((self.0 << 1 | 1) & (i64::MAX as u64)) as i64 }
    }

    /// The header of the object, if this is one.
    #[inline(always)]
    pub fn header(&self) -> Option<&Header> {
        // SAFETY: a word with the pointer tag owns a reference to a live object, which begins with a header.
        if self.is_object() { Some(unsafe { self.address().as_ref() }) } else { None }
    }

    /// The address of the object. Only meaningful when [`Value::is_object`].
    #[inline(always)]
    pub fn address(&self) -> NonNull<Header> {
        let pointer = std::ptr::with_exposed_provenance_mut::<Header>((self.0 - TAG_POINTER) as usize);
        // SAFETY: the heap never hands out address 0, and only words with the pointer tag get here.
        unsafe { NonNull::new_unchecked(pointer) }
    }

    /// Makes a value of an object whose reference the caller gives up.
    ///
    /// # Safety
    /// `header` must be a live object of the heap, and one counted reference passes to the result.
    #[inline(always)]
    pub unsafe fn from_address(header: NonNull<Header>) -> Value {
        Value(header.as_ptr().expose_provenance() as u64 | TAG_POINTER)
    }

    /// The object as a `T`, subclasses included.
    #[inline(always)]
    pub fn downcast_ref<T: Payload>(&self) -> Option<&Obj<T>> {
        match self.header() {
            // SAFETY: the kind says that the object is an Obj<T>; the borrow of self keeps it alive.
            Some(header) if header.kind() == T::KIND => Some(unsafe { self.address().cast::<Obj<T>>().as_ref() }),
            _ => None,
        }
    }

    /// The object as an owned handle of a `T`, subclasses included.
    #[inline(always)]
    pub fn downcast<T: Payload>(&self) -> Option<Ref<T>> {
        self.downcast_ref::<T>().map(|object| object.to_ref())
    }

    /// Whether the object's payload is a `T`.
    #[inline(always)]
    pub fn is_kind<T: Payload>(&self) -> bool {
        self.header().is_some_and(|header| header.kind() == T::KIND)
    }
}

#[inline(always)]
const fn is_float_tag(word: u64) -> bool {
    // Tags 000, 011 and 100; four times over, because a bit test takes the low five bits of the word as they are.
    0x1919_1919u32 >> (word & 31) & 1 != 0
}

/// Whether both words are small integers.
#[inline(always)]
pub const fn both_small_ints(a: u64, b: u64) -> bool {
    ((a ^ 1) | (b ^ 1)) & 3 == 0
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if let Some(header) = self.header() {
            header.count_up();
        }
        Value(self.0)
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if self.is_object() {
            let address = self.address();
            // SAFETY: this word owns one counted reference to the live object; it is given up exactly here.
            unsafe {
                if address.as_ref().count_down() {
                    heap::release(address);
                }
            }
        }
    }
}

impl Default for Value {
    fn default() -> Value {
        Value::EMPTY
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(i) = self.as_small_int() {
            write!(f, "{i}")
        } else if let Some(x) = self.as_inline_float() {
            write!(f, "{x:?}")
        } else if let Some(header) = self.header() {
            write!(f, "<{:?} at {:#x}>", header.kind(), self.id())
        } else {
            f.write_str(match self.0 {
                TAG_IMMEDIATE => "None",
                TRUE_BITS => "True",
                FALSE_BITS => "False",
                NOT_IMPLEMENTED_BITS => "NotImplemented",
                TAG_EMPTY => "<empty>",
                _ => "Ellipsis",
            })
        }
    }
}
