//! The heap of an event loop's timers.
//!
//! The algorithm is that of `heapq`, comparison by comparison, so that timers for the same moment come in the order in
//! which CPython runs them. Source: "heapq" of the Library Reference, Theory.

use crate::objects::value::Value;

/// A call or a future that waits for its time.
pub(super) struct Timer {
    pub(super) when: f64,
    /// A `TimerHandle`, or a plain future.
    pub(super) what: Value,
}

/// Adds a timer to the heap.
pub(super) fn push_timer(timers: &mut Vec<Timer>, timer: Timer) {
    timers.push(timer);
    let last = timers.len() - 1;
    move_up(timers, 0, last);
}

/// Takes the earliest timer out of the heap.
pub(super) fn pop_timer(timers: &mut Vec<Timer>) -> Option<Timer> {
    if timers.is_empty() {
        return None;
    }
    let earliest = timers.swap_remove(0);
    if timers.len() > 1 {
        move_down(timers, 0);
    }
    Some(earliest)
}

/// Makes a heap of timers in any order.
pub(super) fn order_timers(timers: &mut [Timer]) {
    for index in (0..timers.len() / 2).rev() {
        move_down(timers, index);
    }
}

fn move_up(timers: &mut [Timer], start: usize, mut at: usize) {
    while at > start {
        let parent = (at - 1) >> 1;
        // Not `>=`, and for no number neither: as heapq compares.
        let is_less = timers[at].when < timers[parent].when;
        if !is_less {
            break;
        }
        timers.swap(at, parent);
        at = parent;
    }
}

fn move_down(timers: &mut [Timer], start: usize) {
    let mut at = start;
    let mut child = 2 * at + 1;
    while child < timers.len() {
        let right = child + 1;
        let left_is_less = right < timers.len() && timers[child].when < timers[right].when;
        if right < timers.len() && !left_is_less {
            child = right;
        }
        timers.swap(at, child);
        at = child;
        child = 2 * at + 1;
    }
    move_up(timers, start, at);
}
