//! Classes: `type` objects, method resolution, attribute lookup along the MRO and its cache.
//!
//! A class keeps its own attributes in a dict and caches what lookups along its MRO found, hits and misses alike. A
//! change of the class or of one of its bases empties the caches of the class and all its subclasses and gives their
//! shapes a new version, which is what inline caches guard on.
//!
//! Source: "Customizing class creation", "Resolving MRO entries" of the Language Reference; the C3 paper for the MRO.

use std::cell::{Cell, RefCell};

use super::dict::{self, Dict};
use super::heap::{Obj, Payload, Ref, Slot};
use super::kind::Kind;
use super::native::NativeDef;
use super::shape::{self, ShapeFlags, ShapeId};
use super::string::{Str, intern};
use super::value::Value;

/// The payload of classes.
pub struct Class {
    /// `__name__`, a str.
    pub name: Slot,
    /// `__qualname__`, a str.
    pub qualname: Slot,
    /// `__bases__`, a tuple.
    pub bases: Slot,
    /// `__doc__` of a built-in class whose namespace has a descriptor for the `__doc__` of its instances; else empty.
    pub doc: Slot,
    /// The method resolution order, this class first. Not counted for the class itself.
    mro: RefCell<Vec<Value>>,
    /// The class's own attributes; see [`Obj::namespace`].
    own: Ref<Dict>,
    /// What is still to be entered there.
    listed: RefCell<Option<Box<Listed>>>,
    /// The payload of its instances.
    pub layout: Kind,
    /// The shape of a new instance.
    pub instance_shape: Cell<ShapeId>,
    /// The shape of an instance that keeps its attributes in a dict.
    pub dict_shape: Cell<ShapeId>,
    /// Slots of `__slots__`, those of the bases included.
    pub slot_count: Cell<u16>,
    /// The most attributes that an instance was seen to have, so that they fit inline.
    pub expected_attributes: Cell<u16>,
    /// Instances made so far, up to [`LEARNING_INSTANCES`].
    pub instances_made: Cell<u8>,
    /// The least room for attributes that an instance was made with. What lies within it is inline in every instance, so
    /// inline caches may rely on it; a later instance gets room for all that was ever seen.
    pub least_room: Cell<u16>,
    /// See [`flags`].
    pub flags: Cell<u32>,
    /// The word of the `__init__` in Python that a call of the class runs at once, for inline caches that were filled in
    /// the present class epoch. Not counted.
    pub(crate) direct_init: Cell<u64>,
    subclasses: RefCell<Vec<usize>>,
    cache: RefCell<LookupCache>,
    /// How the class makes instances.
    pub construction: Cell<Construction>,
}

/// What belongs into the namespace of a built-in class. There are a hundred such classes, of which a program uses few: their
/// natives are entered when somebody first looks.
pub struct Listed {
    /// Tables of methods, getters and setters.
    pub tables: Box<[&'static [NativeDef]]>,
    /// `__module__`, empty for `builtins`.
    pub module: Value,
    /// The docstring, empty for none.
    pub doc: &'static str,
}

/// How a class makes instances, as far as it is known.
#[derive(Clone, Copy)]
pub enum Construction {
    /// Nobody has looked yet.
    Unknown,
    /// In the general way.
    General,
    /// A built-in class that cannot change: by this `__new__`, a leaf, alone.
    Leaf(&'static NativeDef),
}

/// What lookups along the MRO found, empty for nothing. A name has one place, which the last name asked for keeps; the
/// table grows when names meet, up to a size.
#[derive(Default)]
struct LookupCache {
    places: Vec<(u64, Value)>,
    taken: usize,
}

impl LookupCache {
    const FIRST_SIZE: usize = 16;
    /// Up to here the table grows as soon as two names meet.
    const SMALL_SIZE: usize = 64;
    const LARGEST_SIZE: usize = 512;

    /// The place of a name; only meaningful when there are places.
    #[inline(always)]
    fn place(&self, name: u64) -> usize {
        // The size is a power of two. Names are objects of one size class: the low bits of their addresses say little.
        (name.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & self.places.len().wrapping_sub(1)
    }

    #[inline(always)]
    fn get(&self, name: u64) -> Option<&Value> {
        self.places.get(self.place(name)).filter(|(key, _)| *key == name).map(|(_, found)| found)
    }

    fn insert(&mut self, name: u64, found: Value) {
        if self.places.is_empty() {
            self.places = vec![(0, Value::EMPTY); LookupCache::FIRST_SIZE];
        }
        let meets_another = |key: u64| key != 0 && key != name;
        while meets_another(self.places[self.place(name)].0)
            && self.places.len() < LookupCache::LARGEST_SIZE
            && (self.places.len() < LookupCache::SMALL_SIZE || self.taken * 4 > self.places.len())
        {
            let larger = vec![(0, Value::EMPTY); self.places.len() * 2];
            for (name, found) in std::mem::replace(&mut self.places, larger) {
                if name != 0 {
                    let place = self.place(name);
                    self.places[place] = (name, found);
                }
            }
        }
        let place = self.place(name);
        self.taken += usize::from(self.places[place].0 == 0);
        self.places[place] = (name, found);
    }
}

/// This many instances of a class get [`LEARNING_ROOM`] inline attributes; the later ones as many as those had.
pub const LEARNING_INSTANCES: u8 = 4;
/// See [`LEARNING_INSTANCES`].
pub const LEARNING_ROOM: u16 = 24;

/// Bits of [`Class::flags`].
pub mod flags {
    /// Made by a program.
    pub const USER: u32 = 1;
    /// Programs may derive from it.
    pub const SUBCLASSABLE: u32 = 2;
    /// Instances have a `__dict__`.
    pub const HAS_DICT: u32 = 4;
    /// Instances can be weakly referenced.
    pub const HAS_WEAKREF: u32 = 8;
    /// Attributes of the class itself cannot be changed.
    pub const IMMUTABLE: u32 = 16;
    /// `__abstractmethods__` is set and not empty.
    pub const ABSTRACT: u32 = 32;
    /// Matches sequence patterns (PEP 634).
    pub const SEQUENCE: u32 = 64;
    /// Matches mapping patterns (PEP 634).
    pub const MAPPING: u32 = 128;
    /// Instances have a `__del__`.
    pub const HAS_DEL: u32 = 256;
    /// A class of the library in Python that messages name with its module, as CPython's classes in C are.
    pub const NAMED_FULLY: u32 = 512;
}

impl Payload for Class {
    const KIND: Kind = Kind::Class;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.name.peek(&mut *visit);
        self.qualname.peek(&mut *visit);
        self.bases.peek(&mut *visit);
        self.mro.borrow().iter().skip(1).for_each(&mut *visit);
        visit(self.own.value());
        self.cache.borrow().places.iter().map(|(_, found)| found).for_each(visit);
    }

    fn clear(&self) {
        self.own.clear();
        let cache = std::mem::take(&mut *self.cache.borrow_mut());
        drop(cache);
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        // The first entry of the MRO is the class itself, not counted.
        let mut mro = self.mro.borrow_mut();
        if !mro.is_empty() {
            let own = mro.remove(0);
            for base in mro.iter().filter_map(Value::downcast_ref::<Class>) {
                let id = own.id() as usize;
                let mut subclasses = base.subclasses.borrow_mut();
                // The youngest usually goes first.
                if let Some(place) = subclasses.iter().rposition(|subclass| *subclass == id) {
                    subclasses.remove(place);
                }
            }
            shape::ShapeId::forget_class(&own);
            std::mem::forget(own);
        }
    }
}

impl Class {
    /// A class without MRO, shapes or subclasses yet; `link` completes it.
    pub fn new(name: Value, qualname: Value, bases: Value, namespace: Ref<Dict>, layout: Kind, flags: u32) -> Class {
        Class {
            name: Slot::new(name),
            qualname: Slot::new(qualname),
            bases: Slot::new(bases),
            doc: Slot::default(),
            mro: RefCell::default(),
            own: namespace,
            listed: RefCell::default(),
            layout,
            instance_shape: Cell::new(ShapeId::exact(layout)),
            dict_shape: Cell::new(ShapeId::exact(layout)),
            slot_count: Cell::new(0),
            expected_attributes: Cell::new(1),
            instances_made: Cell::new(0),
            least_room: Cell::new(u16::MAX),
            flags: Cell::new(flags),
            direct_init: Cell::new(Value::EMPTY.bits()),
            subclasses: RefCell::default(),
            cache: RefCell::default(),
            construction: Cell::new(Construction::Unknown),
        }
    }

    /// Whether a flag is set.
    #[inline(always)]
    pub fn has_flag(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets or clears a flag.
    pub fn set_flag(&self, flag: u32, on: bool) {
        self.flags.set(if on { self.flags.get() | flag } else { self.flags.get() & !flag });
    }

    /// `__name__` as text.
    pub fn name_string(&self) -> String {
        self.name.get().downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned())
    }

    /// The attribute found along the MRO, without binding it. The name must be interned.
    pub fn lookup(&self, name: &Value) -> Option<Value> {
        if let Some(found) = self.cache.borrow().get(name.bits()) {
            return if found.is_empty() { None } else { Some(found.clone()) };
        }
        let found = self.find_in_mro(name).map(|(value, _)| value);
        self.cache.borrow_mut().insert(name.bits(), found.clone().unwrap_or_default());
        found
    }

    /// The attribute found along the MRO and the class that has it.
    pub fn find_in_mro(&self, name: &Value) -> Option<(Value, Value)> {
        self.mro.borrow().iter().find_map(|class| {
            let value = class.downcast_ref::<Class>()?.namespace().get_str(name)?;
            Some((value, class.clone()))
        })
    }

    /// The attribute of the first class that has it after `class` in the MRO, as `super` looks it up.
    pub fn lookup_after(&self, class: &Obj<Class>, name: &Value) -> Option<Value> {
        let mro = self.mro.borrow();
        let after = mro.iter().skip_while(|entry| !class.is(entry)).skip(1);
        after.filter_map(Value::downcast_ref::<Class>).find_map(|entry| entry.namespace().get_str(name))
    }

    /// Whether `other` is in the MRO.
    #[inline]
    pub fn is_subclass_of(&self, other: &Obj<Class>) -> bool {
        self.mro.borrow().iter().any(|class| other.is(class))
    }

    /// The MRO: this class first.
    pub fn mro(&self) -> Vec<Value> {
        self.mro.borrow().clone()
    }

    /// Living direct and indirect subclasses.
    fn all_subclasses(&self) -> Vec<Ref<Class>> {
        self.subclasses.borrow().iter().filter_map(|address| class_at(*address)).collect()
    }

    /// `__subclasses__()`: those that name this class among their bases, oldest first.
    pub fn direct_subclasses(&self, own: &Value) -> Vec<Value> {
        self.all_subclasses()
            .into_iter()
            .filter(|class| {
                let bases = class.bases.get();
                bases.downcast_ref::<super::tuple::Tuple>().is_some_and(|b| b.items().iter().any(|base| base.is(own)))
            })
            .map(Ref::into_value)
            .collect()
    }
}

/// Whether a class attribute is plain data: neither callable nor a descriptor, as far as its kind tells.
fn is_plain(value: &Value) -> bool {
    value.header().is_none_or(|header| {
        matches!(
            header.kind(),
            Kind::Int | Kind::Float | Kind::Str | Kind::Bytes | Kind::List | Kind::Tuple | Kind::Dict | Kind::Set
        )
    })
}

fn class_at(address: usize) -> Option<Ref<Class>> {
    super::heap::value_at(address)?.downcast::<Class>()
}

impl Obj<Class> {
    /// The class's own attributes.
    #[inline]
    pub fn namespace(&self) -> &Ref<Dict> {
        if self.listed.borrow().is_some() {
            self.enter_listed();
        }
        &self.own
    }

    #[cold]
    #[inline(never)]
    fn enter_listed(&self) {
        let listed = self.listed.take();
        if let Some(listed) = listed {
            super::types::enter(self, &listed);
        }
    }

    /// Names what belongs into the namespace of a new built-in class.
    pub fn list(&self, listed: Listed) {
        self.listed.replace(Some(Box::new(listed)));
    }

    /// Sets an attribute of the class itself and makes every cache forget. The name must be interned.
    pub fn set_own(&self, name: &Value, value: Value) {
        let plain = is_plain(&value) && self.namespace().get_str(name).is_some_and(|old| is_plain(&old));
        self.namespace().set_str(name, value);
        if plain {
            // Inline caches never hold plain data of classes, so `cls.count += 1` need not disturb them.
            self.forget_caches();
            self.all_subclasses().iter().for_each(|subclass| subclass.forget_caches());
        } else {
            self.changed();
        }
    }

    /// Removes an attribute of the class itself.
    pub fn remove_own(&self, name: &Value) -> Option<Value> {
        let old = self.namespace().remove_str(name);
        self.changed();
        old
    }

    /// Makes every cache of this class and its subclasses forget.
    pub fn changed(&self) {
        self.forget_caches();
        for subclass in self.all_subclasses() {
            subclass.forget_caches();
        }
        shape::advance_class_epoch();
    }

    fn forget_caches(&self) {
        let cache = std::mem::take(&mut *self.cache.borrow_mut());
        drop(cache);
    }

    /// Gives the class its MRO (itself first), makes its shapes and enters it as a subclass of its bases.
    pub fn link(&self, mro: Vec<Value>) {
        {
            let mut own = self.mro.borrow_mut();
            *own = mro;
            if let Some(first) = own.first() {
                debug_assert!(self.is(first));
                // The entry for the class itself is not counted, or no class would ever be freed.
                self.header().discount();
            }
        }
        let address = self.to_value().id() as usize;
        for base in self.mro.borrow().iter().skip(1).filter_map(Value::downcast_ref::<Class>) {
            base.subclasses.borrow_mut().push(address);
        }
    }

    /// Makes the shapes of instances; to be called once flags and MRO are set.
    pub fn make_shapes(&self) {
        let class = self.to_value();
        let user = self.has_flag(flags::USER);
        let del = user && self.lookup(&intern("__del__")).is_some();
        self.set_flag(flags::HAS_DEL, del);
        let plain = self.layout == Kind::Instance;
        // These payloads have a place for attributes of their own.
        let own_place = matches!(self.layout, Kind::Exception | Kind::Class | Kind::Module | Kind::Wrapper);
        let with_dict = matches!(self.layout, Kind::Foreign | Kind::Tuple) && self.has_flag(flags::HAS_DICT);
        let attrs = (user || with_dict) && !plain && !own_place;
        let base = ShapeFlags { user, del, attrs, dict: false };
        self.instance_shape.set(shape::new_shape(self.layout, &class, base));
        self.dict_shape.set(if plain {
            shape::new_shape(self.layout, &class, ShapeFlags { dict: true, ..base })
        } else {
            self.instance_shape.get()
        });
    }

    /// Replaces the MRO after a change of `__bases__`.
    pub fn relink(&self, mro: Vec<Value>) {
        let address = self.to_value().id() as usize;
        let old = {
            let mut own = self.mro.borrow_mut();
            for base in own.iter().skip(1).filter_map(Value::downcast_ref::<Class>) {
                base.subclasses.borrow_mut().retain(|subclass| *subclass != address);
            }
            std::mem::replace(&mut *own, mro)
        };
        for base in self.mro.borrow().iter().skip(1).filter_map(Value::downcast_ref::<Class>) {
            base.subclasses.borrow_mut().push(address);
        }
        // The new list counted the class itself and the old one did not: hand the count over.
        let mut old = old.into_iter();
        if let Some(own) = old.next() {
            std::mem::forget(own);
            self.header().discount();
        }
        drop(old);
        self.changed();
    }
}

/// The C3 linearisation of a class with the given bases, the class itself excluded; None when there is none.
pub fn linearize(bases: &[Value]) -> Option<Vec<Value>> {
    merge_orders(bases).ok()
}

/// As [`linearize`]; when the orders contradict each other, the classes that block each other.
///
/// # Errors
/// The first classes of the lists that are left.
pub fn merge_orders(bases: &[Value]) -> Result<Vec<Value>, Vec<Value>> {
    if let [only] = bases
        && let Some(class) = only.downcast_ref::<Class>()
    {
        return Ok(class.mro());
    }
    let mut lists: Vec<Vec<Value>> =
        bases.iter().filter_map(|base| base.downcast_ref::<Class>().map(|class| class.mro())).collect();
    lists.push(bases.to_vec());
    let mut result = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        if lists.is_empty() {
            return Ok(result);
        }
        let heads = || lists.iter().map(|list| list[0].clone());
        let next = heads().find(|head| !lists.iter().any(|list| list[1..].iter().any(|other| other.is(head))));
        let Some(next) = next else { return Err(heads().collect()) };
        for list in &mut lists {
            if list[0].is(&next) {
                list.remove(0);
            }
        }
        result.push(next);
    }
}

/// A class without bases besides those given, for built-in types: linked, with exact shape.
pub fn new_builtin(name: &str, bases: Value, mro_tail: Vec<Value>, layout: Kind, flags: u32) -> Ref<Class> {
    let name = intern(name);
    let class = Class::new(name.clone(), name, bases, dict::new_dict(), layout, flags | self::flags::IMMUTABLE);
    let class = super::heap::alloc(ShapeId::exact(Kind::Class), class);
    let mut mro = vec![class.value().clone()];
    mro.extend(mro_tail);
    class.link(mro);
    class
}
