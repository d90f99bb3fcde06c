//! The hash table of `set` and `frozenset`: where a key goes, and when the table grows.
//!
//! See `set.rs` for the idea. This table knows nothing of `__eq__`: a probe stops at a key that must be asked.

use super::dict;
use super::dict::LARGE;
use super::value::Value;
use crate::text::has_room;

/// The entries; the length is a power of two, 8 at least.
pub struct SetTable {
    /// Hash and key; the key is empty where the place is free, and `NotImplemented` with hash -1 where it was deleted.
    pub entries: Vec<(i64, Value)>,
    /// Places that are not free, the deleted ones included.
    pub fill: usize,
    /// Keys.
    pub used: usize,
}

const SMALLEST: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// No key has this hash.
pub(super) const DELETED: i64 = -1;

impl Default for SetTable {
    fn default() -> SetTable {
        SetTable { entries: free_places(SMALLEST), fill: 0, used: 0 }
    }
}

fn free_places(count: usize) -> Vec<(i64, Value)> {
    let mut places = Vec::with_capacity(count);
    places.resize_with(count, || (0, Value::EMPTY));
    places
}

/// The places that a hash leads to, one after the other, without end.
pub(super) struct Places {
    mask: usize,
    index: usize,
    perturb: u64,
    /// Neighbours of `index` still to come.
    linear: usize,
    offset: usize,
    /// The deleted place passed last, which a new key takes.
    deleted: Option<usize>,
}

impl Places {
    pub(super) fn new(hash: i64, mask: usize) -> Places {
        let index = hash as usize & mask;
        Places { mask, index, perturb: hash as u64, linear: Places::neighbours(index, mask), offset: 0, deleted: None }
    }

    fn neighbours(index: usize, mask: usize) -> usize {
        if index + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 }
    }

    #[inline]
    fn current(&self) -> usize {
        self.index + self.offset
    }

    #[inline]
    pub(super) fn advance(&mut self) {
        if self.offset < self.linear {
            self.offset += 1;
            return;
        }
        self.perturb >>= PERTURB_SHIFT;
        self.index = (self.index * 5 + 1).wrapping_add(self.perturb as usize) & self.mask;
        self.linear = Places::neighbours(self.index, self.mask);
        self.offset = 0;
    }
}

pub(super) enum Probe {
    Found(usize),
    /// The key is not there; here it goes.
    Free(usize),
    /// The key here has the same hash and must be asked.
    Ask(usize),
}

impl SetTable {
    pub(super) fn mask(&self) -> usize {
        self.entries.len() - 1
    }

    /// Goes on to the next place that decides something.
    pub(super) fn probe(&self, places: &mut Places, hash: i64, key: &Value) -> Probe {
        loop {
            let index = places.current();
            let (entry_hash, entry) = &self.entries[index];
            if entry.is_empty() {
                return Probe::Free(places.deleted.unwrap_or(index));
            }
            if *entry_hash == DELETED {
                places.deleted = Some(index);
            } else if *entry_hash == hash {
                if entry.is(key) {
                    return Probe::Found(index);
                }
                match dict::keys_equal_simply(entry, key) {
                    Some(true) => return Probe::Found(index),
                    Some(false) => {}
                    None => return Probe::Ask(index),
                }
            }
            places.advance();
        }
    }

    /// Puts a key in that is known not to be there, into a table without deleted places.
    pub(super) fn insert_clean(&mut self, hash: i64, key: Value) {
        let mut places = Places::new(hash, self.mask());
        while !self.entries[places.current()].1.is_empty() {
            places.advance();
        }
        self.entries[places.current()] = (hash, key);
    }

    /// Makes room for more than `wanted` keys and drops the marks of deleted ones.
    pub(super) fn resize(&mut self, wanted: usize) {
        let mut size = SMALLEST;
        while size <= wanted {
            size <<= 1;
        }
        if size == SMALLEST && self.entries.len() == SMALLEST && self.fill == self.used {
            return;
        }
        let old = std::mem::replace(&mut self.entries, free_places(size));
        self.fill = self.used;
        for (hash, key) in old {
            if hash != DELETED && !key.is_empty() {
                self.insert_clean(hash, key);
            }
        }
    }

    /// Fills a free place that a probe found; `false` when there is no memory for the larger table that is due.
    pub(super) fn fill(&mut self, index: usize, hash: i64, key: Value) -> bool {
        let old = std::mem::replace(&mut self.entries[index], (hash, key));
        self.used += 1;
        if old.0 == DELETED {
            return true;
        }
        self.fill += 1;
        self.fill * 5 < self.mask() * 3 || self.grow()
    }

    pub(super) fn grow(&mut self) -> bool {
        let wanted = if self.used > 50_000 { self.used * 2 } else { self.used * 4 };
        let size = (wanted + 1).next_power_of_two() * size_of::<(i64, Value)>();
        // There are free places left for a while; whoever fills them is told that it must end.
        let fits = self.used < LARGE || has_room(size);
        if fits || self.fill >= self.mask() - 1 {
            self.resize(wanted);
        }
        fits
    }

    /// Takes the key of a place out and leaves a mark.
    pub(super) fn take(&mut self, index: usize) -> Value {
        self.used -= 1;
        std::mem::replace(&mut self.entries[index], (DELETED, Value::NOT_IMPLEMENTED)).1
    }

    /// Makes room for so many more keys at once.
    pub(super) fn reserve(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }
}
