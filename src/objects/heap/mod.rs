//! The heap: the memory of all objects, from their first reference to their last.
//!
//! Every object begins with an 8-byte [`Header`]: a reference count and a shape whose low 8 bits tell the object's kind,
//! that is, which Rust payload follows ([`object`]). Objects are allocated from 64 KiB pages of equal slots, pages of
//! containers apart from pages of leaves ([`pages`]); a free slot has count 0, so the collector finds every live container
//! by walking the container pages, and objects carry no list links.
//!
//! A count that reaches zero destroys the object at once ([`mod@release`]). Objects whose end runs Python code (a suspended
//! generator inside `try`, an instance with `__del__`, a weak reference with a callback) are put into the
//! [pending queue](take_pending), which the interpreter loop serves before the next instruction. Cycles are left to the
//! [`collector`].
//!
//! Each thread that runs an interpreter has its own heap; values never cross threads. The state of the heap stands in this
//! file, and the functions that the table of kinds holds for each payload.

#![expect(
    clippy::needless_borrow,
    reason = "a borrow of what a raw pointer points to is spelled out, as rustc's dangerous_implicit_autorefs wants it"
)]

mod collector;
mod object;
mod pages;
mod release;

use std::cell::{RefCell, UnsafeCell};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use rustc_hash::{FxHashMap, FxHashSet};

use super::value::Value;

pub use collector::{
    Collected, any_end_matters, collect, collection_enabled, for_each_container, for_each_reference,
    set_collection_enabled,
};
pub(super) use object::as_values;
pub use object::{Header, Obj, Payload, Ref, Slot, tail_offset, unique_mut};
pub use pages::{alloc, alloc_tail};
pub(crate) use pages::{allocate, allocate_container, free, free_container};
pub(super) use pages::{size_class, write_object};
pub(crate) use release::watches_ends;
pub use release::{
    Pending, add_weak_reference, finalize_early, has_pending, is_finalized, mark_finalized, release, take_pending,
    weak_references,
};

use collector::FIRST_THRESHOLD;
use pages::{CLASSES, FreeSlot, Page};

/// Bits of the attention word, which the loop looks at on back-edges, calls and resumes.
pub mod attention {
    /// The pending queue is not empty.
    pub const PENDING: u32 = 1;
    /// A collection is due.
    pub const COLLECT: u32 = 2;
    /// An interrupt arrived (Ctrl-C or another signal).
    pub const INTERRUPT: u32 = 4;
    /// The scheduler wants the running thread to give way.
    pub const SWITCH: u32 = 8;
    /// There is hardly any memory left.
    pub const MEMORY: u32 = 16;
    /// All that is served at every instruction boundary that looks; a switch waits for a loop iteration or a call.
    pub const URGENT: u32 = PENDING | COLLECT | INTERRUPT | MEMORY;
}

struct Heap {
    leaves: [*mut FreeSlot; CLASSES],
    containers: [*mut FreeSlot; CLASSES],
    container_pages: Vec<*mut Page>,
    /// The youngest page of each class, leaves first: the only one that may have memory that is no slot yet.
    young: [[*mut Page; CLASSES]; 2],
    /// The rest of the youngest block.
    fresh: *mut u8,
    fresh_pages: usize,
    large_containers: Option<FxHashSet<usize>>,
    release_depth: u32,
    work: Vec<NonNull<Header>>,
    pending: std::collections::VecDeque<Pending>,
    /// Addresses of objects whose finaliser has run.
    finalized: Option<FxHashSet<usize>>,
    /// Weak references by the address of their referent.
    weak: Option<FxHashMap<usize, Vec<Value>>>,
    budget: isize,
    threshold: isize,
    collecting: bool,
    enabled: bool,
}

thread_local! {
    // Never dropped: values in other thread-local variables may outlive it, and access needs no check of its state.
    static HEAP: UnsafeCell<ManuallyDrop<Heap>> = const {
        UnsafeCell::new(ManuallyDrop::new(Heap {
            leaves: [std::ptr::null_mut(); CLASSES],
            containers: [std::ptr::null_mut(); CLASSES],
            container_pages: Vec::new(),
            young: [[std::ptr::null_mut(); CLASSES]; 2],
            fresh: std::ptr::null_mut(),
            fresh_pages: 0,
            large_containers: None,
            release_depth: 0,
            work: Vec::new(),
            pending: std::collections::VecDeque::new(),
            finalized: None,
            weak: None,
            budget: FIRST_THRESHOLD,
            threshold: FIRST_THRESHOLD,
            collecting: false,
            enabled: true,
        }))
    };
    static ATTENTION: RefCell<Option<std::sync::Arc<std::sync::atomic::AtomicU32>>> = const { RefCell::new(None) };
}

#[inline(always)]
fn heap<R>(use_heap: impl FnOnce(*mut Heap) -> R) -> R {
    // The closure given to `with` is tiny, so that the access is inlined to the address itself.
    use_heap(HEAP.with(|cell| cell.get().cast()))
}

/// This thread's attention word: see [`attention`]. Other threads and signal handlers may set bits.
pub fn attention_word() -> std::sync::Arc<std::sync::atomic::AtomicU32> {
    ATTENTION.with(|cell| cell.borrow_mut().get_or_insert_with(Default::default).clone())
}

/// Sets bits of this thread's attention word.
pub fn request_attention(bits: u32) {
    attention_word().fetch_or(bits, std::sync::atomic::Ordering::Relaxed);
}

/// The functions that [`KIND_INFOS`] holds for a payload.
pub(super) mod info {
    use super::*;

    pub(in crate::objects) unsafe fn size<T: Payload>(address: NonNull<Header>) -> usize {
        // SAFETY: called with an object of T's kind.
        unsafe {
            let object = address.cast::<Obj<T>>().as_ref();
            let slots = object.data.tail_len() + object.header.shape().has_attrs() as usize;
            if slots == 0 { size_of::<Obj<T>>() } else { tail_offset::<T>() + slots * size_of::<Value>() }
        }
    }

    pub(in crate::objects) unsafe fn drop<T: Payload>(address: NonNull<Header>) {
        // SAFETY: the object is complete and is never used again. The class reference of instances of user classes is
        // given up last.
        unsafe {
            let object = address.cast::<Obj<T>>();
            let shape = object.as_ref().header.shape();
            let live = object.as_ref().data.tail_live();
            let attrs = object.as_ref().attrs().map(Slot::as_ptr);
            let tail = address.as_ptr().cast::<u8>().add(tail_offset::<T>()).cast::<Value>();
            std::ptr::drop_in_place(&raw mut (*object.as_ptr()).data);
            for index in 0..live {
                let index = if T::DROPS_BACKWARDS { live - 1 - index } else { index };
                std::ptr::drop_in_place(tail.add(index));
            }
            if let Some(attrs) = attrs {
                std::ptr::drop_in_place(attrs);
            }
            shape.forget_instance();
        }
    }

    pub(in crate::objects) unsafe fn trace<T: Payload>(address: NonNull<Header>, visit: &mut dyn FnMut(&Value)) {
        // SAFETY: called with a live object of T's kind.
        unsafe {
            let object = address.cast::<Obj<T>>().as_ref();
            object.data.trace(visit);
            for slot in object.tail() {
                visit(&*slot.as_ptr());
            }
            if let Some(attrs) = object.attrs() {
                visit(&*attrs.as_ptr());
            }
            object.header.shape().trace_instance(visit);
        }
    }

    pub(in crate::objects) unsafe fn clear<T: Payload>(address: NonNull<Header>) {
        // SAFETY: called with a live object of T's kind that the caller keeps alive.
        unsafe {
            let object = address.cast::<Obj<T>>().as_ref();
            object.data.clear();
            for slot in object.tail() {
                slot.take();
            }
            if let Some(attrs) = object.attrs() {
                attrs.take();
            }
        }
    }

    pub(in crate::objects) unsafe fn needs_finalizer<T: Payload>(address: NonNull<Header>) -> bool {
        // SAFETY: called with a live object of T's kind.
        unsafe { T::needs_finalizer(address.cast::<Obj<T>>().as_ref()) }
    }
}

/// The object at an address that somebody kept without counting it (a class's list of subclasses, a frame link).
/// None when the slot is free; the caller must know that the address has not been given to another object since.
pub(super) fn value_at(address: usize) -> Option<Value> {
    let pointer = NonNull::new(std::ptr::with_exposed_provenance_mut::<Header>(address))?;
    // SAFETY: the address is that of an object that lives or was freed; pages are never unmapped, and a free slot has
    // count 0. A live object's reference is counted before the value takes it over.
    unsafe {
        if pointer.as_ref().count.get() == 0 {
            return None;
        }
        pointer.as_ref().count_up();
        Some(Value::from_address(pointer))
    }
}
