//! Shapes: what a header says about its object beyond the kind, and how instances lay out their attributes.
//!
//! A [`ShapeId`] names an entry of the shape table; comparing it is the one-word guard of every inline cache. Its low
//! bits repeat what must be known without a look at the table: the payload kind and three flags. The shapes of a class's
//! plain instances form a tree ("hidden classes"): the root has no attributes, and adding attribute `x` leads to the
//! child shape that maps `x` to the next slot. Instances built by the same `__init__` share a shape, so a cached pair
//! (shape, slot) finds their attribute without a lookup. An instance whose attributes are deleted, are many, or whose
//! `__dict__` is asked for changes to its class's *dict shape* and keeps its attributes in a real dict.

use std::cell::{Cell, UnsafeCell};
use std::mem::ManuallyDrop;

use rustc_hash::FxHashMap;

use super::class::Class;
use super::heap::{Obj, Ref};
use super::kind::Kind;
use super::value::Value;

/// Names a shape; see the module's documentation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(transparent)]
pub struct ShapeId(u32);

const FLAG_USER: u32 = 1 << 8;
const FLAG_DEL: u32 = 1 << 9;
const FLAG_ATTRS: u32 = 1 << 10;
const INDEX_SHIFT: u32 = 11;
const MAX_SHAPES: usize = 1 << (32 - INDEX_SHIFT);
/// An instance with more attributes than this keeps them in a dict.
const MAX_SLOTS: usize = 250;

impl ShapeId {
    /// The shape of the exact instances of the built-in class that a kind is made for.
    pub const fn exact(kind: Kind) -> ShapeId {
        ShapeId((kind as u32) << INDEX_SHIFT | kind as u32)
    }

    /// A further built-in shape of a kind: one payload, another built-in class (`frozenset`, `coroutine`). Numbers run
    /// from 100 to 255.
    pub const fn numbered(kind: Kind, number: u32) -> ShapeId {
        ShapeId(number << INDEX_SHIFT | kind as u32)
    }

    /// The word in the header, for inline caches.
    #[inline(always)]
    pub const fn to_bits(self) -> u32 {
        self.0
    }

    /// The shape whose word this is.
    ///
    /// # Safety
    /// The word came from [`ShapeId::to_bits`].
    #[inline(always)]
    pub(crate) const unsafe fn from_bits(bits: u32) -> ShapeId {
        ShapeId(bits)
    }

    /// The kind of payload.
    #[inline(always)]
    pub const fn kind(self) -> Kind {
        // SAFETY: a shape is made of a kind, whose number stands in its low byte.
        unsafe { Kind::from_u8((self.0 & 0xff) as u8) }
    }

    /// Whether the class has a `__del__`.
    #[inline(always)]
    pub const fn has_del(self) -> bool {
        self.0 & FLAG_DEL != 0
    }

    /// Whether the class was made by a program; its instances hold a reference to it.
    #[inline(always)]
    pub const fn is_user(self) -> bool {
        self.0 & FLAG_USER != 0
    }

    /// Whether a slot for an attribute dict follows the payload and its tail.
    #[inline(always)]
    pub const fn has_attrs(self) -> bool {
        self.0 & FLAG_ATTRS != 0
    }

    #[inline(always)]
    const fn index(self) -> usize {
        (self.0 >> INDEX_SHIFT) as usize
    }

    /// The class of objects of this shape.
    #[inline(always)]
    pub fn class(self) -> Ref<Class> {
        self.with_class(Obj::to_ref)
    }

    /// Looks at the class without counting a reference.
    #[inline(always)]
    pub fn with_class<R>(self, look: impl FnOnce(&Obj<Class>) -> R) -> R {
        let bits = self.class_bits();
        // SAFETY: the class of a shape outlives its objects: built-in classes are never freed, and an instance of a user
        // class holds a reference to it. The value is not dropped, and every class word is that of a Class.
        unsafe {
            let class = ManuallyDrop::new(Value::from_bits(bits));
            look(class.address().cast::<Obj<Class>>().as_ref())
        }
    }

    /// The word of the class.
    #[inline(always)]
    pub(crate) fn class_bits(self) -> u64 {
        // SAFETY: the pointer is to the table's list of class words, which has an entry for every shape.
        unsafe { *CLASSES.get().add(self.index()) }
    }

    /// Counts the reference to the class that a new instance of a user class holds.
    #[inline(always)]
    pub(super) fn note_instance(self) {
        if self.is_user() {
            std::mem::forget(self.class());
        }
    }

    /// Gives up the reference to the class.
    #[inline(always)]
    pub(super) fn forget_instance(self) {
        if self.is_user() {
            // SAFETY: the dying instance owned this reference, see note_instance.
            drop(unsafe { Value::from_bits(self.class_bits()) });
        }
    }

    /// Shows the class to the cycle collector.
    pub(super) fn trace_instance(self, visit: &mut dyn FnMut(&Value)) {
        if self.is_user() {
            // SAFETY: the instance owns a reference; the value is not dropped.
            let class = ManuallyDrop::new(unsafe { Value::from_bits(self.class_bits()) });
            visit(&class);
        }
    }

    /// Whether attributes are kept in a dict.
    pub fn is_dict_shape(self) -> bool {
        table(|table| table.shapes[self.index()].is_dict)
    }

    /// The slot of an attribute.
    pub fn find(self, name: &Value) -> Option<usize> {
        table(|table| table.shapes[self.index()].slots.get(&name.bits()).map(|slot| *slot as usize))
    }

    /// How many attributes objects of this shape have.
    pub fn attribute_count(self) -> usize {
        table(|table| table.shapes[self.index()].slots.len())
    }

    /// The names of the attributes in the order of their slots.
    pub fn names(self) -> Vec<Value> {
        table(|table| {
            let shape = &table.shapes[self.index()];
            let mut pairs: Vec<(u16, u64)> = shape.slots.iter().map(|(bits, slot)| (*slot, *bits)).collect();
            pairs.sort_unstable();
            // SAFETY: the shape keeps its names alive; each copy is counted by the clone.
            pairs.iter().map(|(_, bits)| (*ManuallyDrop::new(unsafe { Value::from_bits(*bits) })).clone()).collect()
        })
    }

    /// The shape with one more attribute, which gets the next slot; None when a dict must be used. The name must be
    /// interned.
    pub fn with_attribute(self, name: &Value) -> Option<ShapeId> {
        table(|table| {
            let shape = &table.shapes[self.index()];
            if let Some(next) = shape.transitions.get(&name.bits()) {
                return Some(*next);
            }
            if shape.is_dict || shape.slots.len() >= MAX_SLOTS || table.shapes.len() >= MAX_SHAPES {
                return None;
            }
            let mut slots = shape.slots.clone();
            let slot = slots.len() as u16;
            slots.insert(name.clone().into_bits(), slot);
            let data = ShapeData { is_dict: false, slots, transitions: FxHashMap::default() };
            let next = ShapeId((table.shapes.len() as u32) << INDEX_SHIFT | self.0 & ((1 << INDEX_SHIFT) - 1));
            let class = table.classes[self.index()];
            table.push(data, class);
            table.shapes[self.index()].transitions.insert(name.clone().into_bits(), next);
            table.of_class.entry(class).or_default().push(next);
            Some(next)
        })
    }

    /// Drops the table's entries for a class that is going away.
    pub fn forget_class(class: &Value) {
        table(|table| table.of_class.remove(&class.bits()));
    }
}

/// What a new shape of a class is to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShapeFlags {
    /// The class was made by a program.
    pub user: bool,
    /// The class has a `__del__`.
    pub del: bool,
    /// Objects have an attribute dict slot behind their payload.
    pub attrs: bool,
    /// Attributes are kept in a dict.
    pub dict: bool,
}

struct ShapeData {
    is_dict: bool,
    slots: FxHashMap<u64, u16>,
    transitions: FxHashMap<u64, ShapeId>,
}

struct Table {
    shapes: Vec<ShapeData>,
    /// The word of each shape's class, not counted.
    classes: Vec<u64>,
    of_class: FxHashMap<u64, Vec<ShapeId>>,
    next_version: u32,
}

thread_local! {
    /// Where the table's list of class words is, by shape index: the one thing about shapes that is looked up often.
    static CLASSES: Cell<*const u64> = const { Cell::new(std::ptr::null()) };
    static EPOCH: Cell<u32> = const { Cell::new(1) };
    static TABLE: UnsafeCell<ManuallyDrop<Option<Table>>> = const { UnsafeCell::new(ManuallyDrop::new(None)) };
}

#[inline(always)]
fn table<R>(use_table: impl FnOnce(&mut Table) -> R) -> R {
    let table = TABLE.with(|cell| cell.get());
    // SAFETY: the table belongs to this thread, and no closure in this module calls back into it.
    let table = unsafe { &mut *table };
    use_table(table.get_or_insert_with(Table::new))
}

impl Table {
    fn push(&mut self, data: ShapeData, class: u64) {
        self.shapes.push(data);
        self.classes.push(class);
        CLASSES.set(self.classes.as_ptr());
    }

    fn new() -> Table {
        let shapes: Vec<ShapeData> = (0..256)
            .map(|_| ShapeData { is_dict: false, slots: FxHashMap::default(), transitions: FxHashMap::default() })
            .collect();
        let classes = vec![0; shapes.len()];
        CLASSES.set(classes.as_ptr());
        Table { shapes, classes, of_class: FxHashMap::default(), next_version: 2 }
    }
}

/// The class epoch: inline caches that depend on what a class says (a method, the absence of a descriptor) hold the epoch
/// in which they were filled and miss in any other.
#[inline(always)]
pub fn class_epoch() -> u32 {
    EPOCH.get()
}

/// Where this thread's class epoch is kept, for the interpreter loop.
pub(crate) fn class_epoch_address() -> *const u32 {
    EPOCH.with(|epoch| epoch.as_ptr().cast_const())
}

/// Begins a new class epoch.
pub fn advance_class_epoch() {
    EPOCH.set(EPOCH.get().wrapping_add(1).max(1));
}

/// A number that was never used before: for keys versions.
pub fn fresh_version() -> u32 {
    table(|table| {
        let version = table.next_version;
        table.next_version = version.wrapping_add(1).max(2);
        version
    })
}

/// Makes `class` the class of a built-in shape.
pub fn bind_exact(shape: ShapeId, class: &Value) {
    table(|table| {
        table.classes[shape.index()] = class.bits();
        table.of_class.entry(class.bits()).or_default().push(shape);
    });
}

/// Makes a shape without attributes for a class.
pub fn new_shape(kind: Kind, class: &Value, flags: ShapeFlags) -> ShapeId {
    table(|table| {
        let mut bits = (table.shapes.len() as u32) << INDEX_SHIFT | kind as u32;
        bits |= if flags.user { FLAG_USER } else { 0 };
        bits |= if flags.del { FLAG_DEL } else { 0 };
        bits |= if flags.attrs { FLAG_ATTRS } else { 0 };
        let shape = ShapeId(bits);
        let data = ShapeData { is_dict: flags.dict, slots: FxHashMap::default(), transitions: FxHashMap::default() };
        table.push(data, class.bits());
        table.of_class.entry(class.bits()).or_default().push(shape);
        shape
    })
}
