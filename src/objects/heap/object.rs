//! What an object is: header, payload and tail, and the handles and cells through which the rest of Coil sees them.
//!
//! An [`Obj`] is never held by value: it lies in the heap, and a [`Ref`] or a [`Value`] owns one of its counted references.
//! Payloads are shared, so what changes in them lies in cells; a [`Slot`] is the cell for one value.

use std::cell::{Cell, UnsafeCell};
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::objects::kind::Kind;
use crate::objects::shape::ShapeId;
use crate::objects::value::Value;

/// What every heap object begins with.
#[repr(C)]
pub struct Header {
    pub(super) count: Cell<u32>,
    shape: Cell<ShapeId>,
}

impl Header {
    /// The header of a new object, whose first reference belongs to whoever writes it.
    #[inline(always)]
    pub(super) fn new(shape: ShapeId) -> Header {
        Header { count: Cell::new(1), shape: Cell::new(shape) }
    }

    /// The kind of payload that follows.
    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.shape.get().kind()
    }

    /// The object's shape.
    #[inline(always)]
    pub fn shape(&self) -> ShapeId {
        self.shape.get()
    }

    /// Gives the object another shape of the same kind.
    #[inline(always)]
    pub fn set_shape(&self, shape: ShapeId) {
        debug_assert!(shape.kind() == self.kind());
        self.shape.set(shape);
    }

    /// How many references there are.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.count.get()
    }

    #[inline(always)]
    pub(crate) fn count_up(&self) {
        self.count.set(self.count.get().wrapping_add(1));
    }

    /// Gives up a reference that is known not to be the last one, without releasing.
    pub(in crate::objects) fn discount(&self) {
        debug_assert!(self.count.get() > 1);
        self.count.set(self.count.get() - 1);
    }

    /// Counts down and tells whether that was the last reference.
    #[inline(always)]
    pub(crate) fn count_down(&self) -> bool {
        let count = self.count.get().wrapping_sub(1);
        self.count.set(count);
        count == 0
    }
}

/// The Rust data of a kind of objects.
///
/// A payload holds values only in cells ([`Slot`], `RefCell`), since objects are shared.
pub trait Payload: 'static + Sized {
    /// The kind that stands in the header; each payload has its own row in `kind.rs`.
    const KIND: Kind;
    /// The values of the tail go from the last to the first.
    const DROPS_BACKWARDS: bool = false;

    /// Shows every value held to the visitor, except the tail. Leaving one out is safe (it keeps cycles alive);
    /// showing one that is not held is not, so show exactly what [`Drop`] would drop.
    fn trace(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Drops the values held, to break a cycle of garbage. The object stays valid.
    fn clear(&self) {}

    /// Number of values in the tail that follows the payload.
    fn tail_len(&self) -> usize {
        0
    }

    /// How many of the tail's values are initialised, from the front.
    fn tail_live(&self) -> usize {
        self.tail_len()
    }

    /// Whether Python code must run before the object goes.
    fn needs_finalizer(_object: &Obj<Self>) -> bool {
        false
    }
}

/// An object on the heap: header, payload, then `tail_len` values.
#[repr(C)]
pub struct Obj<T> {
    pub(super) header: Header,
    pub(super) data: T,
}

impl<T> Deref for Obj<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T: Payload> Obj<T> {
    /// The header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        &self.header
    }

    #[inline(always)]
    fn address(&self) -> NonNull<Header> {
        // The reference covers the payload only; the tail behind it is reached through the exposed address.
        let address = (self as *const Obj<T>).addr();
        let pointer = std::ptr::with_exposed_provenance_mut::<Header>(address);
        // SAFETY: the address of a reference is not null.
        unsafe { NonNull::new_unchecked(pointer) }
    }

    /// A new counted handle.
    #[inline(always)]
    pub fn to_ref(&self) -> Ref<T> {
        Ref { value: self.to_value(), payload: PhantomData }
    }

    /// A new counted reference as a value.
    #[inline(always)]
    pub fn to_value(&self) -> Value {
        self.header.count_up();
        // SAFETY: self is a live object, and the reference counted up above passes to the value.
        unsafe { Value::from_address(self.address()) }
    }

    /// Whether a value is this very object.
    #[inline(always)]
    pub fn is(&self, value: &Value) -> bool {
        value.is_object() && value.address().addr().get() == (self as *const Obj<T>).addr()
    }

    /// The values behind the payload.
    #[inline(always)]
    pub fn tail(&self) -> &[Slot] {
        let length = self.data.tail_live();
        // SAFETY: alloc_tail made room for tail_len values behind the payload and tail_live of them are initialised;
        // Slot is a transparent cell of Value, so shared references to it are fine.
        unsafe {
            let base = self.address().as_ptr().cast::<u8>().add(tail_offset::<T>()).cast::<Slot>();
            std::slice::from_raw_parts(base, length)
        }
    }
}

impl<T: Payload> Obj<T> {
    /// The attribute dict slot that instances of user-defined subclasses of built-in classes have behind their tail.
    #[inline(always)]
    pub fn attrs(&self) -> Option<&Slot> {
        if !self.header.shape().has_attrs() {
            return None;
        }
        // SAFETY: alloc_tail made room for this slot behind the tail and initialised it.
        unsafe {
            let base = self.address().as_ptr().cast::<u8>().add(tail_offset::<T>()).cast::<Slot>();
            Some(&*base.add(self.data.tail_len()))
        }
    }
}

/// The payload of an object that nobody else refers to, for changes in place.
pub fn unique_mut<T: Payload>(value: &mut Value) -> Option<&mut T> {
    let header = value.header()?;
    if header.kind() != T::KIND || header.count() != 1 {
        return None;
    }
    // SAFETY: the kind says that the payload is a T; the count says that this value is the only reference, and it is
    // borrowed exclusively, so no other borrow of the payload can exist or be made.
    unsafe { Some(&mut (*value.address().cast::<Obj<T>>().as_ptr()).data) }
}

/// Offset of the tail from the start of the object.
pub const fn tail_offset<T>() -> usize {
    (size_of::<Obj<T>>() + 7) & !7
}

/// An owned, counted, typed handle.
#[repr(transparent)]
pub struct Ref<T> {
    value: Value,
    payload: PhantomData<T>,
}

impl<T: Payload> Ref<T> {
    /// The handle that owns what a value owned.
    ///
    /// # Safety
    /// The value is an object whose payload is a `T`.
    #[inline(always)]
    pub(crate) unsafe fn from_value(value: Value) -> Ref<T> {
        Ref { value, payload: PhantomData }
    }

    /// The handle as a value.
    #[inline(always)]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Turns the handle into a value.
    #[inline(always)]
    pub fn into_value(self) -> Value {
        self.value
    }
}

impl<T: Payload> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        Ref { value: self.value.clone(), payload: PhantomData }
    }
}

impl<T: Payload> Deref for Ref<T> {
    type Target = Obj<T>;

    #[inline(always)]
    fn deref(&self) -> &Obj<T> {
        // SAFETY: a Ref<T> is only made of an object whose payload is a T, and owns a reference to it.
        unsafe { self.value.address().cast::<Obj<T>>().as_ref() }
    }
}

impl<T: Payload> From<Ref<T>> for Value {
    fn from(handle: Ref<T>) -> Value {
        handle.value
    }
}

/// A cell for one value inside a payload.
#[repr(transparent)]
#[derive(Default)]
pub struct Slot(UnsafeCell<Value>);

impl Slot {
    /// A cell holding the value.
    pub const fn new(value: Value) -> Slot {
        Slot(UnsafeCell::new(value))
    }

    /// A copy of the value.
    #[inline(always)]
    pub fn get(&self) -> Value {
        // SAFETY: the cell is not shared between threads and no reference to its inside outlives a method; cloning runs
        // no foreign code.
        unsafe { (*self.0.get()).clone() }
    }

    /// Puts a value in and drops the old one.
    #[inline(always)]
    pub fn set(&self, value: Value) {
        drop(self.replace(value));
    }

    /// Puts a value in and returns the old one.
    #[inline(always)]
    pub fn replace(&self, value: Value) -> Value {
        // SAFETY: as for get; the old value is moved out before anything else can look.
        unsafe { std::mem::replace(&mut *self.0.get(), value) }
    }

    /// Takes the value out and leaves the empty word.
    #[inline(always)]
    pub fn take(&self) -> Value {
        self.replace(Value::EMPTY)
    }

    /// The word of the value, not counted.
    #[inline(always)]
    pub fn bits(&self) -> u64 {
        // SAFETY: as for get.
        unsafe { (*self.0.get()).bits() }
    }

    /// Whether the cell holds the empty word.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        // SAFETY: as for get.
        unsafe { (*self.0.get()).is_empty() }
    }

    /// Looks at the value without counting. The closure must not change this cell, directly or by running code.
    #[inline(always)]
    pub fn peek<R>(&self, look: impl FnOnce(&Value) -> R) -> R {
        let copy = self.get();
        look(&copy)
    }

    /// The value's address inside the cell, for the interpreter loop.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut Value {
        self.0.get()
    }
}

/// Slots that nobody changes any more (a tuple's items) as plain values.
pub(in crate::objects) fn as_values(slots: &[Slot]) -> &[Value] {
    // SAFETY: Slot is a transparent cell of Value. The caller is the payload whose tail this is and never writes to it
    // after construction; the collector clears it only when nothing refers to the object.
    unsafe { std::slice::from_raw_parts(slots.as_ptr().cast::<Value>(), slots.len()) }
}
