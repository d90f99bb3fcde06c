//! Destruction: what happens when the last reference to an object goes.
//!
//! An object goes at once ("prompt destruction"), and what it held with it, in CPython's order. That recurses to a small
//! depth and goes on with a work list beyond it, so a list nested a million times is freed without overflowing the machine
//! stack. An object whose end runs Python code is put into the pending queue instead, and a weak reference with a callback
//! beside it; the loop serves the queue.

use std::ptr::NonNull;

use crate::objects::class;
use crate::objects::dict::Dict;
use crate::objects::frame::{Frame, State};
use crate::objects::instance::Instance;
use crate::objects::kind::{KIND_INFOS, Kind, KindInfo};
use crate::objects::shape::ShapeId;
use crate::objects::string::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::objects::weakref::WeakRef;

use super::pages::free;
use super::{Header, Heap, Obj, attention, heap, info, request_attention, tail_offset};

/// Destruction recurses this deep before it uses the work list.
const MAX_RELEASE_DEPTH: u32 = 48;

/// Something that must run Python code once the running instruction is complete.
pub enum Pending {
    /// The object lost its last reference: close the generator, warn of the coroutine, call `__del__`.
    Finalize(Value),
    /// Call the callback of a weak reference whose referent is gone: callback, reference.
    WeakCallback(Value, Value),
}

/// Ends an object whose count has reached zero: finalise (later, by the loop), or drop its payload and free it.
///
/// # Safety
/// The caller gave up the last reference.
#[cold]
#[inline(never)]
pub unsafe fn release(address: NonNull<Header>) {
    // SAFETY: the object is complete and nobody else refers to it.
    let info = unsafe { &KIND_INFOS[address.as_ref().kind() as usize] };
    if info.is_trivial {
        // SAFETY: a trivial payload (a float) has no drop and no tail.
        unsafe { free(address, (info.size)(address), false) };
        return;
    }
    // SAFETY: as above. Exact strs and tuples have no finaliser and cannot be weakly referenced.
    let shape = unsafe { address.as_ref().shape() };
    if shape == ShapeId::exact(Kind::Str) {
        // SAFETY: the shape says what the object is; a str holds no values.
        unsafe {
            std::ptr::drop_in_place(&raw mut (*address.cast::<Obj<Str>>().as_ptr()).data);
            free(address, size_of::<Obj<Str>>(), false);
        }
        return;
    }
    heap(|heap| {
        // SAFETY: short raw accesses to this thread's heap; destroy below may re-enter release, so no reference into
        // the heap is held across it.
        unsafe {
            if (*heap).release_depth >= MAX_RELEASE_DEPTH {
                (*heap).work.push(address);
                return;
            }
            (*heap).release_depth += 1;
            if shape == ShapeId::exact(Kind::Tuple) {
                destroy_tuple(address);
            } else if shape == ShapeId::exact(Kind::Dict) {
                std::ptr::drop_in_place(&raw mut (*address.cast::<Obj<Dict>>().as_ptr()).data);
                free(address, size_of::<Obj<Dict>>(), true);
            } else if shape.kind() == Kind::Instance
                && !shape.has_del()
                && (*heap).weak.is_none()
                && (*heap).finalized.is_none()
            {
                // The steps of destroy that are left, without the detour through the table of kinds.
                let size = info::size::<Instance>(address);
                info::drop::<Instance>(address);
                free(address, size, true);
            } else if shape.kind() == Kind::Frame
                && address.cast::<Obj<Frame>>().as_ref().state.get() == State::Finished
                && (*heap).weak.is_none()
                && (*heap).finalized.is_none()
            {
                let size = info::size::<Frame>(address);
                info::drop::<Frame>(address);
                free(address, size, true);
            } else if !info.may_finalize && !shape.has_del() && (*heap).weak.is_none() {
                let size = (info.size)(address);
                (info.drop)(address);
                free(address, size, info.is_container);
            } else {
                destroy(heap, address, info);
            }
            (*heap).release_depth -= 1;
            if (*heap).release_depth == 0 && !(&(*heap).work).is_empty() {
                while let Some(next) = (&mut (*heap).work).pop() {
                    (*heap).release_depth += 1;
                    let info = &KIND_INFOS[next.as_ref().kind() as usize];
                    destroy(heap, next, info);
                    (*heap).release_depth -= 1;
                }
            }
        }
    });
}

/// As [`destroy`], for the exact tuples, which are the most frequent containers to go.
unsafe fn destroy_tuple(address: NonNull<Header>) {
    // SAFETY: the object is a complete tuple with count 0, and its items are its tail.
    unsafe {
        let length = address.cast::<Obj<Tuple>>().as_ref().len();
        let items = address.as_ptr().cast::<u8>().add(tail_offset::<Tuple>()).cast::<Value>();
        for index in (0..length).rev() {
            std::ptr::drop_in_place(items.add(index));
        }
        free(address, tail_offset::<Tuple>() + length * size_of::<Value>(), true);
    }
}

unsafe fn destroy(heap: *mut Heap, address: NonNull<Header>, info: &'static KindInfo) {
    // SAFETY: the object has count 0 and is complete. While finalisers and weak references are dealt with it is kept
    // alive by a count of 1, so that nothing below can release it a second time.
    unsafe {
        let header = address.as_ref();
        if info.may_finalize || header.shape().has_del() {
            header.count.set(1);
            if needs_finalizer(heap, address, info) {
                let object = Value::from_address(address);
                (&mut (*heap).finalized).get_or_insert_default().insert(address.addr().get());
                (&mut (*heap).pending).push_back(Pending::Finalize(object));
                request_attention(attention::PENDING);
                return;
            }
            header.count.set(0);
            if let Some(finalized) = &mut (*heap).finalized {
                finalized.remove(&address.addr().get());
            }
        }
        if (*heap).weak.is_some() && header.shape().with_class(|class| class.has_flag(class::flags::HAS_WEAKREF)) {
            header.count.set(1);
            drop_weak_references(heap, address);
            header.count.set(0);
        }
        let size = (info.size)(address);
        (info.drop)(address);
        free(address, size, info.is_container);
    }
}

/// Whether an object's end must wait for code in Python that has not run yet.
pub(super) unsafe fn needs_finalizer(heap: *mut Heap, address: NonNull<Header>, info: &KindInfo) -> bool {
    // SAFETY: the caller keeps the object alive.
    unsafe {
        if (&(*heap).finalized).as_ref().is_some_and(|done| done.contains(&address.addr().get())) {
            return false;
        }
        address.as_ref().shape().has_del() || (info.needs_finalizer)(address)
    }
}

/// Clears the weak references to an object that goes, and queues their callbacks.
#[cold]
pub(super) unsafe fn drop_weak_references(heap: *mut Heap, address: NonNull<Header>) {
    // SAFETY: the heap is this thread's; the list is taken out before anything that may re-enter.
    let references = unsafe { (&mut (*heap).weak).as_mut().and_then(|weak| weak.remove(&address.addr().get())) };
    // The youngest is told first.
    for reference in references.into_iter().flatten().rev() {
        if let Some(weak) = reference.downcast_ref::<WeakRef>() {
            let callback = weak.referent_gone();
            if !callback.is_empty() && reference.header().is_some_and(|header| header.count() > 1) {
                // SAFETY: short raw access.
                unsafe { (&mut (*heap).pending).push_back(Pending::WeakCallback(callback, reference)) };
                request_attention(attention::PENDING);
            }
        }
    }
}

/// Registers a weak reference to an object. The registry owns a reference to it until the referent goes; a weak
/// reference that nobody else holds is dropped when the next one to the same object is registered.
pub fn add_weak_reference(referent: &Value, reference: Value) {
    if referent.is_object() {
        // SAFETY: short raw access to this thread's heap.
        heap(|heap| unsafe {
            let weak = (&mut (*heap).weak).get_or_insert_default();
            let list = weak.entry(referent.address().addr().get()).or_default();
            let dead: Vec<Value> =
                list.extract_if(.., |held| held.header().is_some_and(|header| header.count() == 1)).collect();
            list.push(reference);
            dead
        });
    }
}

/// The weak references to an object that are held by somebody.
pub fn weak_references(referent: &Value) -> Vec<Value> {
    if !referent.is_object() {
        return Vec::new();
    }
    // SAFETY: short raw access; cloning values touches only their counts.
    heap(|heap| unsafe {
        (&(*heap).weak)
            .as_ref()
            .and_then(|weak| weak.get(&referent.address().addr().get()))
            .map(|list| list.iter().filter(|held| held.header().is_some_and(|h| h.count() > 1)).cloned().collect())
            .unwrap_or_default()
    })
}

/// Takes the next thing to run out of the pending queue.
pub fn take_pending() -> Option<Pending> {
    // SAFETY: short raw access.
    heap(|heap| unsafe { (&mut (*heap).pending).pop_front() })
}

/// Whether something waits in the pending queue.
#[inline(always)]
pub fn has_pending() -> bool {
    // SAFETY: short raw access.
    heap(|heap| unsafe { !(&(*heap).pending).is_empty() })
}

/// Has an object finalised now if it is one that must be before it goes, although it is still referred to.
pub fn finalize_early(object: &Value) {
    let Some(header) = object.header() else { return };
    let info = &KIND_INFOS[header.kind() as usize];
    // SAFETY: the object is alive, held by the caller; short raw accesses to this thread's heap.
    heap(|heap| unsafe {
        if (info.may_finalize || header.shape().has_del()) && needs_finalizer(heap, object.address(), info) {
            (&mut (*heap).finalized).get_or_insert_default().insert(object.address().addr().get());
            (&mut (*heap).pending).push_back(Pending::Finalize(object.clone()));
            request_attention(attention::PENDING);
        }
    });
}

/// Marks an object as finalised, so that it is not finalised when it goes.
pub fn mark_finalized(object: &Value) {
    if object.is_object() {
        // SAFETY: short raw access.
        heap(|heap| unsafe {
            (&mut (*heap).finalized).get_or_insert_default().insert(object.address().addr().get());
        });
    }
}

/// Whether the finaliser of an object has run or is under way.
pub fn is_finalized(object: &Value) -> bool {
    object.is_object()
        // SAFETY: short raw access.
        && heap(|heap| unsafe { (&(*heap).finalized).as_ref().is_some_and(|s| s.contains(&object.address().addr().get())) })
}

/// Whether there are weak references, or objects whose finalisers have run: only then somebody must be told when an object
/// goes that has nothing to finalise.
#[inline]
pub(crate) fn watches_ends() -> bool {
    // SAFETY: short raw access to this thread's heap.
    heap(|heap| unsafe { (*heap).weak.is_some() || (*heap).finalized.is_some() })
}
