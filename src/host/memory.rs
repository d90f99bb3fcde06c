//! What happens when there is no memory left: a reserve that is given up, so that the program is told in time.
//!
//! A program that keeps all it makes finds the end of its memory in the middle of something small, a new frame or a short
//! text, where nobody can say MemoryError. So the command holds some memory back. When the system refuses a request, the
//! reserve is given back to it, the request is repeated, and the attention word is told, upon which the interpreter raises
//! MemoryError between two instructions, with room enough to catch it, to print it, and to free what was kept. Requests
//! larger than the reserve are for those who made them: they ask beforehand (`sequence::check_room`).
//!
//! `unsafe` stands here because a global allocator is an unsafe trait; all work is the system's allocator's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// How much is held back, as far as it is there: nothing is written to it, so it takes addresses and no memory.
const SIZES: [usize; 3] = [64 << 20, 16 << 20, 4 << 20];

/// When so much is freed, there may be room for a reserve again.
const LARGE: usize = 1 << 20;

/// The reserve; null when it is given up.
static RESERVE: AtomicPtr<u8> = AtomicPtr::new(null_mut());

/// How large it is.
static SIZE: AtomicUsize = AtomicUsize::new(0);

/// Whether somebody reads or changes the two.
static LOCK: AtomicBool = AtomicBool::new(false);

/// Who is told that it was given up, and by which bit.
static TOLD: OnceLock<(Arc<AtomicU32>, u32)> = OnceLock::new();

/// The system's allocator, with a reserve for the end.
#[derive(Debug)]
pub struct Frugal;

// SAFETY: every request goes to the system's allocator as it is, and what comes back is handed on.
unsafe impl GlobalAlloc for Frugal {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is the same.
        let memory = unsafe { System.alloc(layout) };
        if memory.is_null() && give_up_reserve(layout.size()) {
            // SAFETY: as above.
            return unsafe { System.alloc(layout) };
        }
        memory
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is the same.
        let memory = unsafe { System.alloc_zeroed(layout) };
        if memory.is_null() && give_up_reserve(layout.size()) {
            // SAFETY: as above.
            return unsafe { System.alloc_zeroed(layout) };
        }
        memory
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract is the same.
        unsafe { System.dealloc(memory, layout) };
        if layout.size() >= LARGE {
            renew_reserve();
        }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's contract is the same.
        let moved = unsafe { System.realloc(memory, layout, size) };
        if moved.is_null() && give_up_reserve(size) {
            // SAFETY: as above; a failed request has left the memory as it was.
            return unsafe { System.realloc(memory, layout, size) };
        }
        moved
    }
}

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size, 16).ok()
}

/// Does something with the reserve, alone. It must not allocate but from the system.
fn alone<T>(action: impl FnOnce() -> T) -> T {
    while LOCK.swap(true, Ordering::Acquire) {
        std::hint::spin_loop();
    }
    let result = action();
    LOCK.store(false, Ordering::Release);
    result
}

/// Gives the reserve back to the system if that may help a request; `false` when it cannot.
#[cold]
fn give_up_reserve(wanted: usize) -> bool {
    let given = alone(|| {
        let size = SIZE.load(Ordering::Relaxed);
        wanted < size && free_reserve(size)
    });
    if given && let Some((word, bit)) = TOLD.get() {
        word.fetch_or(*bit, Ordering::Relaxed);
    }
    given
}

fn free_reserve(size: usize) -> bool {
    let reserve = RESERVE.swap(null_mut(), Ordering::Relaxed);
    SIZE.store(0, Ordering::Relaxed);
    let Some(layout) = layout(size).filter(|_| !reserve.is_null()) else { return false };
    // SAFETY: it came from the same allocator with this layout, and nobody else has taken it out of the static.
    unsafe { System.dealloc(reserve, layout) };
    true
}

/// Holds a reserve back from now on. When it has to be given up, the bit is set in the word.
pub fn hold_reserve(word: &Arc<AtomicU32>, bit: u32) {
    // Only one interpreter of a process can be told.
    let _ = TOLD.set((Arc::clone(word), bit));
    renew_reserve();
}

/// Holds as much back as there was at first, or what there is to spare, after the reserve was given up.
pub fn renew_reserve() {
    if TOLD.get().is_none() || SIZE.load(Ordering::Relaxed) == SIZES[0] {
        return;
    }
    alone(|| {
        let held = SIZE.load(Ordering::Relaxed);
        for size in SIZES.into_iter().take_while(|size| *size > held) {
            let (Some(layout), Some(twice)) = (layout(size), layout(2 * size)) else { continue };
            // As much must be left for the program, which may be in the middle of handling its MemoryError.
            // SAFETY: the layouts have sizes above 0, and what is freed was allocated with the same one.
            let memory = unsafe {
                let room = System.alloc(twice);
                if room.is_null() {
                    continue;
                }
                System.dealloc(room, twice);
                System.alloc(layout)
            };
            if memory.is_null() {
                continue;
            }
            free_reserve(held);
            RESERVE.store(memory, Ordering::Relaxed);
            SIZE.store(size, Ordering::Relaxed);
            return;
        }
    });
}
