//! Memory: pages of equal slots, and the lists of free ones.
//!
//! A page has 64 KiB and starts at a multiple of that, so that an object's page is found from its address; its slots are
//! made a few at a time. Containers have pages of their own, which is how the collector finds them. What does not fit a
//! slot of 512 bytes comes from the system's allocator.

use std::alloc::{Layout, alloc as system_alloc, dealloc as system_dealloc};
use std::cell::Cell;
use std::ptr::NonNull;

use crate::objects::kind::KIND_INFOS;
use crate::objects::shape::ShapeId;
use crate::objects::value::Value;

use super::{Header, Heap, Obj, Payload, Ref, attention, heap, request_attention, tail_offset};

pub(super) const PAGE_SIZE: usize = 64 * 1024;
/// Pages are asked for in blocks: the system's allocator would leave a gap between single ones, aligned as they are.
const BLOCK_PAGES: usize = 16;
pub(super) const PAGE_HEADER: usize = 64;
const GRANULE: usize = 16;
const LARGEST_SLOT: usize = 512;
pub(super) const CLASSES: usize = LARGEST_SLOT / GRANULE + 1;
/// How much of a fresh page is made into slots at first; then as much again each time, so that a program that needs few
/// objects of a size touches little memory.
const FIRST_SLOTS: usize = 4096;

#[repr(C)]
pub(super) struct Page {
    pub(super) slot_size: usize,
    /// Slots from the page's start on that have been in use or in the list of free ones; what follows was never written.
    pub(super) slot_count: usize,
    /// Index into the scratch counts of the running collection.
    pub(super) scratch: Cell<usize>,
}

#[repr(C)]
pub(super) struct FreeSlot {
    count: u32,
    shape: u32,
    next: *mut FreeSlot,
}

/// Allocates an object.
#[inline]
pub fn alloc<T: Payload>(shape: ShapeId, data: T) -> Ref<T> {
    debug_assert!(shape.kind() == T::KIND);
    debug_assert!(data.tail_len() == 0);
    if shape.has_attrs() || shape.is_user() {
        return alloc_tail(shape, data, []);
    }
    let info = &KIND_INFOS[T::KIND as usize];
    let address = allocate(size_of::<Obj<T>>(), info.is_container);
    // SAFETY: allocate returned room for an Obj<T>, aligned to 16 bytes, which nothing else uses; the count of 1
    // written here is the reference that the Ref owns.
    unsafe {
        address.cast::<Obj<T>>().write(Obj { header: Header::new(shape), data });
        Ref::from_value(Value::from_address(address))
    }
}

/// Allocates an object with a tail of `data.tail_len()` values taken from the iterator, padded with empty words.
#[inline]
pub fn alloc_tail<T: Payload>(shape: ShapeId, data: T, values: impl IntoIterator<Item = Value>) -> Ref<T> {
    debug_assert!(shape.kind() == T::KIND);
    let length = data.tail_len();
    let info = &KIND_INFOS[T::KIND as usize];
    let slots = length + shape.has_attrs() as usize;
    let address = allocate(tail_offset::<T>() + slots * size_of::<Value>(), info.is_container);
    shape.note_instance();
    // SAFETY: as for alloc; all tail slots are written before the object is handed out. The iterator may run Rust code
    // that allocates, but not yet see this object.
    unsafe {
        address.cast::<Obj<T>>().write(Obj { header: Header::new(shape), data });
        let tail = address.as_ptr().cast::<u8>().add(tail_offset::<T>()).cast::<Value>();
        let mut filled = 0;
        for value in values.into_iter().take(length) {
            tail.add(filled).write(value);
            filled += 1;
        }
        for index in filled..slots {
            tail.add(index).write(Value::EMPTY);
        }
        Ref::from_value(Value::from_address(address))
    }
}

/// Room for an object of `size` bytes. The header's count reads 0 until the caller writes the object.
#[inline]
pub(crate) fn allocate(size: usize, container: bool) -> NonNull<Header> {
    heap(|heap| {
        // SAFETY: the heap is this thread's own, and no reference into it is alive: every use is a short raw access.
        unsafe {
            if container {
                (*heap).budget -= 1;
                if (*heap).budget < 0 {
                    collection_due(heap);
                }
            }
            let class = size.div_ceil(GRANULE);
            if class >= CLASSES {
                return allocate_large(heap, size, container);
            }
            let list = if container { &raw mut (*heap).containers[class] } else { &raw mut (*heap).leaves[class] };
            let slot = *list;
            if slot.is_null() {
                return allocate_slots(heap, class, container);
            }
            *list = (*slot).next;
            NonNull::new_unchecked(slot.cast())
        }
    })
}

/// The size class of objects of `size` bytes, 0 for those that are too large for a page.
pub(in crate::objects) const fn size_class(size: usize) -> usize {
    let class = size.div_ceil(GRANULE);
    if class < CLASSES { class } else { 0 }
}

/// Room for a container of a size class, as [`allocate`] gives it: for frames, whose code knows their class.
///
/// # Safety
/// `class` came from [`size_class`] and is not 0.
#[inline(always)]
pub(crate) unsafe fn allocate_container(class: usize) -> NonNull<Header> {
    // The work is not done inside: a closure of this size becomes a function, called by the interpreter loop.
    let heap = heap(|heap| heap);
    // SAFETY: the heap is this thread's own, and no reference into it is alive; by the contract the class is one.
    unsafe {
        (*heap).budget -= 1;
        let list = (&raw mut (*heap).containers).cast::<*mut FreeSlot>().add(class);
        let slot = *list;
        if (*heap).budget < 0 || slot.is_null() {
            return allocate_container_slowly(heap, class);
        }
        *list = (*slot).next;
        NonNull::new_unchecked(slot.cast())
    }
}

#[cold]
#[inline(never)]
unsafe fn allocate_container_slowly(heap: *mut Heap, class: usize) -> NonNull<Header> {
    // SAFETY: called by allocate_container with this thread's heap; allocate counts the object itself.
    unsafe { (*heap).budget += 1 };
    allocate(class * GRANULE, true)
}

/// Gives the memory of a container of a size class back, as [`free`] does.
///
/// # Safety
/// As for [`free`]; `class` is the one that the object was allocated with.
#[inline(always)]
pub(crate) unsafe fn free_container(address: NonNull<Header>, class: usize) {
    heap(|heap| {
        // SAFETY: by the contract the slot is ours again, and the class is one.
        unsafe {
            (*heap).budget += 1;
            let list = (&raw mut (*heap).containers).cast::<*mut FreeSlot>().add(class);
            let slot = address.as_ptr().cast::<FreeSlot>();
            slot.write(FreeSlot { count: 0, shape: 0, next: *list });
            *list = slot;
        }
    });
}

#[cold]
#[inline(never)]
unsafe fn collection_due(heap: *mut Heap) {
    // SAFETY: called by allocate with this thread's heap.
    unsafe {
        (*heap).budget = (*heap).threshold;
        if (*heap).enabled {
            request_attention(attention::COLLECT);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn allocate_large(heap: *mut Heap, size: usize, container: bool) -> NonNull<Header> {
    let layout = large_layout(size);
    // SAFETY: the layout has a size above 0; the heap is this thread's own.
    unsafe {
        let memory = system_alloc(layout);
        let Some(address) = NonNull::new(memory.cast::<Header>()) else { std::alloc::handle_alloc_error(layout) };
        memory.cast::<FreeSlot>().write(FreeSlot { count: 0, shape: 0, next: std::ptr::null_mut() });
        if container {
            (*heap).large_containers.get_or_insert_default().insert(address.as_ptr().expose_provenance());
        }
        address
    }
}

fn large_layout(size: usize) -> Layout {
    // A size that overflows isize cannot have been asked for: callers bound lengths by u32.
    Layout::from_size_align(size, GRANULE).unwrap_or(Layout::new::<[u64; 2]>())
}

/// Makes slots of a class whose list of free ones is empty, and takes the first.
#[cold]
#[inline(never)]
unsafe fn allocate_slots(heap: *mut Heap, class: usize, container: bool) -> NonNull<Header> {
    let slot_size = class.max(1) * GRANULE;
    let room = (PAGE_SIZE - PAGE_HEADER) / slot_size;
    // SAFETY: the youngest page of a class is a page of this heap; slots are written inside their page only, once, behind
    // those that it has.
    unsafe {
        let young = &raw mut (&mut (*heap).young)[usize::from(container)][class];
        if (*young).is_null() || (**young).slot_count == room {
            *young = fresh_page(heap);
            (*young).write(Page { slot_size, slot_count: 0, scratch: Cell::new(0) });
            if container {
                (*heap).container_pages.push(*young);
            }
        }
        let page = *young;
        let old = (*page).slot_count;
        let new = room.min(old + old.max(FIRST_SLOTS / slot_size));
        let mut next: *mut FreeSlot = std::ptr::null_mut();
        for index in (old..new).rev() {
            let slot = page.cast::<u8>().add(PAGE_HEADER + index * slot_size).cast::<FreeSlot>();
            slot.write(FreeSlot { count: 0, shape: 0, next });
            next = slot;
        }
        (*page).slot_count = new;
        let list = if container { &raw mut (*heap).containers[class] } else { &raw mut (*heap).leaves[class] };
        *list = (*next).next;
        NonNull::new_unchecked(next.cast())
    }
}

/// A page that was never used, with nothing written to it.
unsafe fn fresh_page(heap: *mut Heap) -> *mut Page {
    // SAFETY: a block has room for BLOCK_PAGES pages, each given out once.
    unsafe {
        if (*heap).fresh_pages == 0 {
            let layout = Layout::from_size_align_unchecked(PAGE_SIZE * BLOCK_PAGES, PAGE_SIZE);
            let block = system_alloc(layout);
            if block.is_null() {
                std::alloc::handle_alloc_error(layout);
            }
            block.expose_provenance();
            // A program that has come through a MemoryError needs a reserve for the next one.
            crate::host::memory::renew_reserve();
            (*heap).fresh = block;
            (*heap).fresh_pages = BLOCK_PAGES;
        }
        let memory = (*heap).fresh;
        (*heap).fresh = memory.add(PAGE_SIZE);
        (*heap).fresh_pages -= 1;
        memory.cast()
    }
}

/// Completes an allocation: writes header and payload; the result owns the first reference.
///
/// # Safety
/// `address` is fresh from [`allocate`] with room for the payload and its tail, and the live part of the tail is written.
pub(in crate::objects) unsafe fn write_object<T: Payload>(address: NonNull<Header>, shape: ShapeId, data: T) -> Ref<T> {
    // SAFETY: by the contract.
    unsafe {
        address.cast::<Obj<T>>().write(Obj { header: Header::new(shape), data });
        Ref::from_value(Value::from_address(address))
    }
}

/// Gives the memory of an object back, its payload being dropped already.
///
/// # Safety
/// `address` came from [`allocate`] with the same size and container flag, and nothing refers to it any more.
#[inline]
pub(crate) unsafe fn free(address: NonNull<Header>, size: usize, container: bool) {
    heap(|heap| {
        // SAFETY: by the contract the slot is ours again; free slots have count 0.
        unsafe {
            if container {
                // Only growth brings a collection nearer.
                (*heap).budget += 1;
            }
            let class = size.div_ceil(GRANULE);
            if class >= CLASSES {
                if container && let Some(large) = &mut (*heap).large_containers {
                    large.remove(&address.addr().get());
                }
                system_dealloc(address.as_ptr().cast(), large_layout(size));
                return;
            }
            let list = if container { &raw mut (*heap).containers[class] } else { &raw mut (*heap).leaves[class] };
            let slot = address.as_ptr().cast::<FreeSlot>();
            slot.write(FreeSlot { count: 0, shape: 0, next: *list });
            *list = slot;
        }
    });
}
