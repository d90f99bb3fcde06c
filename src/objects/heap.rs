//! The heap: headers, handles, the page allocator, prompt destruction and the cycle collector.
//!
//! Every object begins with an 8-byte [`Header`]: a reference count and a [`ShapeId`] whose low 8 bits tell the
//! object's [`Kind`], that is, which Rust payload follows. Objects are allocated from 64 KiB pages of equal slots, pages
//! of containers apart from pages of leaves; a free slot has count 0, so the collector finds every live container by
//! walking the container pages, and objects carry no list links.
//!
//! A count that reaches zero destroys the object at once ("prompt destruction"). Destruction recurses through nested
//! objects to a small depth, in CPython's order, and goes on with a work list beyond it, so a list nested a million
//! times is freed without overflowing the machine stack. Objects whose end runs Python code (a suspended generator
//! inside `try`, an instance with `__del__`, a weak reference with a callback) are not run from here: they are put into
//! the [pending queue](take_pending), which the interpreter loop serves before the next instruction.
//!
//! Cycles are found by trial deletion (Bacon and Rajan's idea, done over all container pages at once): subtract from each count the
//! references that come from other containers; what is left above zero is held from outside, and what that reaches
//! lives; the rest is garbage.
//!
//! Each thread that runs an interpreter has its own heap; values never cross threads.

#![expect(
    clippy::needless_borrow,
    reason = "a borrow of what a raw pointer points to is spelled out, as rustc's dangerous_implicit_autorefs wants it"
)]

use std::alloc::{Layout, alloc as system_alloc, dealloc as system_dealloc};
use std::cell::{Cell, RefCell, UnsafeCell};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

use rustc_hash::{FxHashMap, FxHashSet};

use super::class;
use super::dict::Dict;
use super::frame::{Frame, State};
use super::instance::Instance;
use super::kind::{KIND_INFOS, Kind, KindInfo};
use super::shape::ShapeId;
use super::string::Str;
use super::tuple::Tuple;
use super::value::Value;

/// What every heap object begins with.
#[repr(C)]
pub struct Header {
    count: Cell<u32>,
    shape: Cell<ShapeId>,
}

impl Header {
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
    pub(super) fn discount(&self) {
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
    header: Header,
    data: T,
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

/// Something that must run Python code once the running instruction is complete.
pub enum Pending {
    /// The object lost its last reference: close the generator, warn of the coroutine, call `__del__`.
    Finalize(Value),
    /// Call the callback of a weak reference whose referent is gone: callback, reference.
    WeakCallback(Value, Value),
}

const PAGE_SIZE: usize = 64 * 1024;
/// Pages are asked for in blocks: the system's allocator would leave a gap between single ones, aligned as they are.
const BLOCK_PAGES: usize = 16;
const PAGE_HEADER: usize = 64;
const GRANULE: usize = 16;
const LARGEST_SLOT: usize = 512;
const CLASSES: usize = LARGEST_SLOT / GRANULE + 1;
/// Destruction recurses this deep before it uses the work list.
const MAX_RELEASE_DEPTH: u32 = 48;
const FIRST_THRESHOLD: isize = 20_000;
/// Objects that the collector's marking keeps in mind at once.
const MARK_STACK: usize = 1 << 16;

/// How much of a fresh page is made into slots at first; then as much again each time, so that a program that needs few
/// objects of a size touches little memory.
const FIRST_SLOTS: usize = 4096;

#[repr(C)]
struct Page {
    slot_size: usize,
    /// Slots from the page's start on that have been in use or in the list of free ones; what follows was never written.
    slot_count: usize,
    /// Index into the scratch counts of the running collection.
    scratch: Cell<usize>,
}

#[repr(C)]
struct FreeSlot {
    count: u32,
    shape: u32,
    next: *mut FreeSlot,
}

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
    /// All that is served at every instruction boundary that looks; a switch waits for a loop iteration or a call.
    pub const URGENT: u32 = PENDING | COLLECT | INTERRUPT;
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
        address.cast::<Obj<T>>().write(Obj { header: Header { count: Cell::new(1), shape: Cell::new(shape) }, data });
        Ref { value: Value::from_address(address), payload: PhantomData }
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
        address.cast::<Obj<T>>().write(Obj { header: Header { count: Cell::new(1), shape: Cell::new(shape) }, data });
        let tail = address.as_ptr().cast::<u8>().add(tail_offset::<T>()).cast::<Value>();
        let mut filled = 0;
        for value in values.into_iter().take(length) {
            tail.add(filled).write(value);
            filled += 1;
        }
        for index in filled..slots {
            tail.add(index).write(Value::EMPTY);
        }
        Ref { value: Value::from_address(address), payload: PhantomData }
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
pub(super) const fn size_class(size: usize) -> usize {
    let class = size.div_ceil(GRANULE);
    if class < CLASSES { class } else { 0 }
}

/// Room for a container of a size class, as [`allocate`] gives it: for frames, whose code knows their class.
///
/// # Safety
/// `class` came from [`size_class`] and is not 0.
#[inline(always)]
pub(crate) unsafe fn allocate_container(class: usize) -> NonNull<Header> {
    heap(|heap| {
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
    })
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
            (*heap).fresh = block;
            (*heap).fresh_pages = BLOCK_PAGES;
        }
        let memory = (*heap).fresh;
        (*heap).fresh = memory.add(PAGE_SIZE);
        (*heap).fresh_pages -= 1;
        memory.cast()
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

unsafe fn needs_finalizer(heap: *mut Heap, address: NonNull<Header>, info: &KindInfo) -> bool {
    // SAFETY: the caller keeps the object alive.
    unsafe {
        if (&(*heap).finalized).as_ref().is_some_and(|done| done.contains(&address.addr().get())) {
            return false;
        }
        address.as_ref().shape().has_del() || (info.needs_finalizer)(address)
    }
}

#[cold]
unsafe fn drop_weak_references(heap: *mut Heap, address: NonNull<Header>) {
    // SAFETY: the heap is this thread's; the list is taken out before anything that may re-enter.
    let references = unsafe { (&mut (*heap).weak).as_mut().and_then(|weak| weak.remove(&address.addr().get())) };
    for reference in references.into_iter().flatten() {
        if let Some(weak) = reference.downcast_ref::<super::weakref::WeakRef>() {
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

/// Switches automatic collection on or off; returns what it was.
pub fn set_collection_enabled(enabled: bool) -> bool {
    // SAFETY: short raw access.
    heap(|heap| unsafe { std::mem::replace(&mut (*heap).enabled, enabled) })
}

/// Whether automatic collection is on.
pub fn collection_enabled() -> bool {
    // SAFETY: short raw access.
    heap(|heap| unsafe { (*heap).enabled })
}

/// What a collection found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Objects in garbage cycles.
    pub unreachable: usize,
    /// Those among them whose finalisers were put into the pending queue; they are freed by a later collection.
    pub to_finalize: usize,
}

/// Calls `visit` with every live container of this thread's heap.
pub fn for_each_container(mut visit: impl FnMut(&Value)) {
    for address in live_containers() {
        // SAFETY: live_containers lists complete, counted objects; the borrowed value is not dropped.
        let value = ManuallyDrop::new(unsafe { Value::from_address(address) });
        visit(&value);
    }
}

/// Whether there are weak references, or objects whose finalisers have run: only then somebody must be told when an object
/// goes that has nothing to finalise.
#[inline]
pub(crate) fn watches_ends() -> bool {
    // SAFETY: short raw access to this thread's heap.
    heap(|heap| unsafe { (*heap).weak.is_some() || (*heap).finalized.is_some() })
}

/// Whether a program could notice the end of some live object: by a finaliser, or by a weak reference.
pub fn any_end_matters() -> bool {
    // SAFETY: short raw access to this thread's heap.
    let mut matters = heap(|heap| unsafe { (*heap).weak.is_some() });
    visit_containers(|address| {
        // SAFETY: visit_containers names complete, live objects, and asking whether one has a finaliser changes nothing.
        matters = matters
            || unsafe {
                let header = address.as_ref();
                let info = &KIND_INFOS[header.kind() as usize];
                header.shape().has_del() || info.may_finalize && (info.needs_finalizer)(address)
            };
    });
    matters
}

/// Calls `visit` with every value that an object holds.
pub fn for_each_reference(object: &Value, mut visit: impl FnMut(&Value)) {
    if let Some(header) = object.header() {
        // SAFETY: the object is live and of the kind that its header says.
        unsafe { (KIND_INFOS[header.kind() as usize].trace)(object.address(), &mut visit) }
    }
}

fn live_containers() -> Vec<NonNull<Header>> {
    let mut found = Vec::new();
    visit_containers(|address| found.push(address));
    found
}

/// Calls `visit` with the address of every live container. `visit` must not allocate containers.
fn visit_containers(mut visit: impl FnMut(NonNull<Header>)) {
    heap(|heap| {
        // SAFETY: pages are never unmapped; a slot whose count is 0 is free. The lists are read anew at every step.
        unsafe {
            for number in 0..(&(*heap).container_pages).len() {
                let page = (&(*heap).container_pages)[number];
                let (size, count) = ((*page).slot_size, (*page).slot_count);
                for index in 0..count {
                    let slot = page.cast::<u8>().add(PAGE_HEADER + index * size).cast::<Header>();
                    if (*slot).count.get() != 0 {
                        visit(NonNull::new_unchecked(slot));
                    }
                }
            }
            let large: Vec<usize> = (&(*heap).large_containers).iter().flatten().copied().collect();
            for address in large {
                let slot = std::ptr::with_exposed_provenance_mut::<Header>(address);
                if (*slot).count.get() != 0 {
                    visit(NonNull::new_unchecked(slot));
                }
            }
        }
    });
}

/// The scratch counts of one collection.
struct Scratch {
    counts: Vec<u32>,
    large: FxHashMap<usize, usize>,
}

impl Scratch {
    const REACHED: u32 = u32::MAX;

    fn new(heap: *mut Heap) -> Scratch {
        let mut total = 0;
        let mut large = FxHashMap::default();
        // SAFETY: pages are never unmapped.
        unsafe {
            for &page in &(&*heap).container_pages {
                (*page).scratch.set(total);
                total += (*page).slot_count;
            }
            for &address in (&(*heap).large_containers).iter().flatten() {
                large.insert(address, total);
                total += 1;
            }
        }
        Scratch { counts: vec![0; total], large }
    }

    fn index(&self, address: NonNull<Header>) -> usize {
        if !self.large.is_empty()
            && let Some(&index) = self.large.get(&address.addr().get())
        {
            return index;
        }
        let page = std::ptr::with_exposed_provenance::<Page>(address.addr().get() & !(PAGE_SIZE - 1));
        // SAFETY: a container that is not in `large` lies in a page, which starts at the multiple of PAGE_SIZE below.
        unsafe {
            let offset = address.addr().get() - page.addr() - PAGE_HEADER;
            (*page).scratch.get() + offset / (*page).slot_size
        }
    }
}

fn is_container(value: &Value) -> bool {
    value.header().is_some_and(|header| KIND_INFOS[header.kind() as usize].is_container)
}

/// Finds garbage cycles, queues the finalisers that they need and frees the rest.
pub fn collect() -> Collected {
    let already = heap(|heap| {
        // SAFETY: short raw access.
        unsafe { std::mem::replace(&mut (*heap).collecting, true) }
    });
    if already {
        return Collected::default();
    }
    let mut scratch = heap(Scratch::new);
    let trace = |address: NonNull<Header>, visit: &mut dyn FnMut(&Value)| {
        // SAFETY: the object is live; trace shows the values that it holds.
        unsafe { (KIND_INFOS[address.as_ref().kind() as usize].trace)(address, visit) }
    };
    let mut total = 0;
    visit_containers(|object| {
        total += 1;
        let index = scratch.index(object);
        // SAFETY: the object is live. References inside are subtracted below, in any order, hence the wrapping.
        scratch.counts[index] = scratch.counts[index].wrapping_add(unsafe { object.as_ref().count() });
    });
    visit_containers(|object| {
        trace(object, &mut |value| {
            if is_container(value) {
                let index = scratch.index(value.address());
                scratch.counts[index] = scratch.counts[index].wrapping_sub(1);
            }
        });
    });
    // Marks what an object reaches. The stack is bounded, so that a long list does not cost its own size again: what
    // does not fit is marked without a look at what it reaches, which another walk over the heap makes up for.
    let mark = |scratch: &mut Scratch, root: NonNull<Header>| {
        let mut stack = vec![root];
        let mut complete = true;
        while let Some(object) = stack.pop() {
            trace(object, &mut |value| {
                if is_container(value) {
                    let index = scratch.index(value.address());
                    if scratch.counts[index] != Scratch::REACHED {
                        scratch.counts[index] = Scratch::REACHED;
                        if stack.len() < MARK_STACK {
                            stack.push(value.address());
                        } else {
                            complete = false;
                        }
                    }
                }
            });
        }
        complete
    };
    let complete_marks = |scratch: &mut Scratch| {
        let mut complete = false;
        while !complete {
            complete = true;
            visit_containers(|object| {
                if scratch.counts[scratch.index(object)] == Scratch::REACHED {
                    complete &= mark(scratch, object);
                }
            });
        }
    };
    let mut complete = true;
    visit_containers(|object| {
        let index = scratch.index(object);
        if scratch.counts[index] > 0 && scratch.counts[index] != Scratch::REACHED {
            scratch.counts[index] = Scratch::REACHED;
            complete &= mark(&mut scratch, object);
        }
    });
    if !complete {
        complete_marks(&mut scratch);
    }
    // Hold the garbage so that clearing one object cannot free another before its turn.
    let mut garbage: Vec<Value> = Vec::new();
    visit_containers(|object| {
        if scratch.counts[scratch.index(object)] != Scratch::REACHED {
            // SAFETY: the object is live, and the reference is counted before the value takes it over.
            garbage.push(unsafe {
                object.as_ref().count_up();
                Value::from_address(object)
            });
        }
    });
    let mut collected = Collected { unreachable: garbage.len(), to_finalize: 0 };
    for object in &garbage {
        let address = object.address();
        // SAFETY: garbage keeps the object alive; the heap access is short.
        let finalize = heap(|heap| unsafe {
            let info = &KIND_INFOS[address.as_ref().kind() as usize];
            (info.may_finalize || address.as_ref().shape().has_del()) && needs_finalizer(heap, address, info)
        });
        if finalize {
            collected.to_finalize += 1;
            mark_finalized(object);
            // SAFETY: short raw access.
            heap(|heap| unsafe { (&mut (*heap).pending).push_back(Pending::Finalize(object.clone())) });
            request_attention(attention::PENDING);
            let index = scratch.index(address);
            if scratch.counts[index] != Scratch::REACHED {
                scratch.counts[index] = Scratch::REACHED;
                if !mark(&mut scratch, address) {
                    complete_marks(&mut scratch);
                }
            }
        }
    }
    for object in &garbage {
        let address = object.address();
        if scratch.counts[scratch.index(address)] != Scratch::REACHED {
            // SAFETY: garbage keeps the object alive; weak references see it gone before it is taken apart.
            unsafe {
                heap(|heap| {
                    if (*heap).weak.is_some() {
                        drop_weak_references(heap, address);
                    }
                });
                (KIND_INFOS[address.as_ref().kind() as usize].clear)(address);
            }
        }
    }
    let live = total - garbage.len();
    drop(garbage);
    heap(|heap| {
        // SAFETY: short raw access.
        unsafe {
            (*heap).collecting = false;
            (*heap).threshold = FIRST_THRESHOLD.max(live as isize);
            (*heap).budget = (*heap).threshold;
        }
    });
    collected
}

/// The functions that [`KIND_INFOS`] holds for a payload.
pub(super) mod info {
    use super::*;

    pub(in super::super) unsafe fn size<T: Payload>(address: NonNull<Header>) -> usize {
        // SAFETY: called with an object of T's kind.
        unsafe {
            let object = address.cast::<Obj<T>>().as_ref();
            let slots = object.data.tail_len() + object.header.shape().has_attrs() as usize;
            if slots == 0 { size_of::<Obj<T>>() } else { tail_offset::<T>() + slots * size_of::<Value>() }
        }
    }

    pub(in super::super) unsafe fn drop<T: Payload>(address: NonNull<Header>) {
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

    pub(in super::super) unsafe fn trace<T: Payload>(address: NonNull<Header>, visit: &mut dyn FnMut(&Value)) {
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

    pub(in super::super) unsafe fn clear<T: Payload>(address: NonNull<Header>) {
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

    pub(in super::super) unsafe fn needs_finalizer<T: Payload>(address: NonNull<Header>) -> bool {
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

/// Completes an allocation: writes header and payload; the result owns the first reference.
///
/// # Safety
/// `address` is fresh from [`allocate`] with room for the payload and its tail, and the live part of the tail is written.
pub(super) unsafe fn write_object<T: Payload>(address: NonNull<Header>, shape: ShapeId, data: T) -> Ref<T> {
    // SAFETY: by the contract.
    unsafe {
        address.cast::<Obj<T>>().write(Obj { header: Header { count: Cell::new(1), shape: Cell::new(shape) }, data });
        Ref { value: Value::from_address(address), payload: PhantomData }
    }
}

/// Slots that nobody changes any more (a tuple's items) as plain values.
pub(super) fn as_values(slots: &[Slot]) -> &[Value] {
    // SAFETY: Slot is a transparent cell of Value. The caller is the payload whose tail this is and never writes to it
    // after construction; the collector clears it only when nothing refers to the object.
    unsafe { std::slice::from_raw_parts(slots.as_ptr().cast::<Value>(), slots.len()) }
}
