//! The cycle collector: trial deletion over all container pages.
//!
//! From each container's count those references are subtracted that come from other containers. What is left above zero
//! is held from outside and lives, with all that it reaches; the rest is garbage. Garbage whose end runs Python code is
//! queued, and lives on with what it reaches until a later collection; the rest is taken apart.
//!
//! Source: Bacon and Rajan, "Concurrent Cycle Collection in Reference Counted Systems" (2001), done over the whole heap at
//! once; PEP 442 for the order of finalisers.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use rustc_hash::FxHashMap;

use crate::objects::kind::{KIND_INFOS, Kind};
use crate::objects::value::Value;

use super::pages::{PAGE_HEADER, PAGE_SIZE, Page};
use super::release::{Pending, drop_weak_references, mark_finalized, needs_finalizer};
use super::{Header, Heap, attention, heap, request_attention};

/// A collection is due when so many containers more are alive than at the end of the one before, or than at the start.
pub(super) const FIRST_THRESHOLD: isize = 20_000;
/// Objects that marking keeps in mind at once.
const MARK_STACK: usize = 1 << 16;

/// What a collection found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Objects in garbage cycles.
    pub unreachable: usize,
    /// Those among them whose finalisers were put into the pending queue; they are freed by a later collection.
    pub to_finalize: usize,
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
    // Suspended frames go first: what they hold is usually younger, and is still to be used in their `finally` blocks.
    let is_frame = |object: &&Value| object.header().is_some_and(|header| header.kind() == Kind::Frame);
    for object in garbage.iter().filter(is_frame).chain(garbage.iter().filter(|object| !is_frame(object))) {
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

/// Calls `visit` with every live container of this thread's heap.
pub fn for_each_container(mut visit: impl FnMut(&Value)) {
    for address in live_containers() {
        // SAFETY: live_containers lists complete, counted objects; the borrowed value is not dropped.
        let value = ManuallyDrop::new(unsafe { Value::from_address(address) });
        visit(&value);
    }
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
