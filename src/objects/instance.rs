//! Instances of classes that programs define, and of `object`: attributes in slots laid out by a shape.
//!
//! An instance has a number of inline slots, chosen by its class when it is made; `__slots__` come first, then the
//! attributes in the order of its shape. What does not fit inline goes to an overflow list. After a change to the
//! class's dict shape all attributes that are not `__slots__` live in a dict.

use std::cell::RefCell;

use super::class::{Class, LEARNING_INSTANCES, LEARNING_ROOM, flags};
use super::dict::{self, Dict};
use super::heap::{Obj, Payload, Ref, Slot, alloc_tail};
use super::kind::Kind;
use super::value::Value;

/// The payload of plain instances.
pub struct Instance {
    /// Empty, or the dict of an instance of dict shape.
    pub dict: Slot,
    /// Attributes that do not fit inline.
    #[expect(clippy::box_collection, reason = "one word in each instance; the list is for the few that need it")]
    overflow: RefCell<Option<Box<Vec<Value>>>>,
    /// Inline slots, the first `fixed` of them for `__slots__`.
    inline: u16,
    fixed: u16,
}

impl Payload for Instance {
    const KIND: Kind = Kind::Instance;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.dict.peek(&mut *visit);
        self.overflow.borrow().iter().flat_map(|list| list.iter()).for_each(visit);
    }

    fn clear(&self) {
        self.dict.take();
        let old = self.overflow.borrow_mut().take();
        drop(old);
    }

    fn tail_len(&self) -> usize {
        usize::from(self.inline)
    }
}

impl Obj<Instance> {
    /// The inline slot of a member of `__slots__`.
    pub fn member(&self, index: usize) -> Option<&Slot> {
        self.tail().get(index)
    }

    /// The inline slot of attribute slot `index`, when it is inline.
    #[inline(always)]
    pub fn inline_slot(&self, index: usize) -> Option<&Slot> {
        self.tail().get(index + usize::from(self.fixed))
    }

    /// The place in the tail of attribute slot `index`, when it is inline in every instance of the class.
    pub fn inline_place(&self, index: usize) -> Option<usize> {
        let everywhere = self.header().shape().with_class(|class| index < usize::from(class.least_room.get()));
        let place = index + usize::from(self.fixed);
        (everywhere && place < usize::from(self.inline)).then_some(place)
    }

    /// How many slots there are in the tail.
    #[inline(always)]
    pub fn inline_count(&self) -> usize {
        usize::from(self.inline)
    }

    /// The value of attribute slot `index`.
    pub fn slot_value(&self, index: usize) -> Value {
        if let Some(slot) = self.inline_slot(index) {
            return slot.get();
        }
        let place = index + usize::from(self.fixed) - usize::from(self.inline);
        self.overflow.borrow().as_ref().and_then(|list| list.get(place).cloned()).unwrap_or_default()
    }

    fn set_slot_value(&self, index: usize, value: Value) {
        if let Some(slot) = self.inline_slot(index) {
            slot.set(value);
            return;
        }
        let place = index + usize::from(self.fixed) - usize::from(self.inline);
        let old = {
            let mut overflow = self.overflow.borrow_mut();
            let list = overflow.get_or_insert_default();
            while list.len() <= place {
                list.push(Value::EMPTY);
            }
            std::mem::replace(&mut list[place], value)
        };
        drop(old);
    }

    /// The value of an attribute of the instance itself. The name must be interned.
    pub fn attribute(&self, name: &Value) -> Option<Value> {
        let dict = self.dict.get();
        if let Some(dict) = dict.downcast_ref::<Dict>() {
            return dict.get_str(name);
        }
        self.header().shape().find(name).map(|index| self.slot_value(index))
    }

    /// Sets an attribute of the instance itself. The name must be interned.
    pub fn set_attribute(&self, name: &Value, value: Value) {
        let dict = self.dict.get();
        if let Some(dict) = dict.downcast_ref::<Dict>() {
            dict.set_str(name, value);
            return;
        }
        let shape = self.header().shape();
        if let Some(index) = shape.find(name) {
            self.set_slot_value(index, value);
            return;
        }
        match shape.with_attribute(name) {
            Some(next) => {
                let index = shape.attribute_count();
                self.set_slot_value(index, value);
                self.header().set_shape(next);
                shape.with_class(|class| {
                    if class.expected_attributes.get() <= index as u16 && index < 24 {
                        class.expected_attributes.set(index as u16 + 1);
                    }
                });
            }
            None => self.dict().set_str(name, value),
        }
    }

    /// Removes an attribute of the instance itself.
    pub fn remove_attribute(&self, name: &Value) -> Option<Value> {
        self.attribute(name)?;
        self.dict().remove_str(name)
    }

    /// The instance's `__dict__`, which holds its attributes from now on.
    pub fn dict(&self) -> Ref<Dict> {
        if let Some(dict) = self.dict.get().downcast::<Dict>() {
            return dict;
        }
        let dict = dict::new_dict();
        let shape = self.header().shape();
        for (index, name) in shape.names().iter().enumerate() {
            dict.set_str(name, self.slot_value(index));
        }
        self.replace_dict(dict.value().clone());
        dict
    }

    /// Makes another dict the instance's `__dict__`.
    pub fn replace_dict(&self, dict: Value) {
        let shape = self.header().shape();
        let old: Vec<Value> =
            (0..shape.attribute_count()).filter_map(|index| self.inline_slot(index).map(Slot::take)).collect();
        let overflow = self.overflow.borrow_mut().take();
        self.header().set_shape(shape.with_class(|class| class.dict_shape.get()));
        self.dict.set(dict);
        drop((old, overflow));
    }

    /// Names and values of the instance's own attributes, `__slots__` left out.
    pub fn attributes(&self) -> Vec<(Value, Value)> {
        if let Some(dict) = self.dict.get().downcast_ref::<Dict>() {
            return dict.entries();
        }
        let names = self.header().shape().names();
        names.into_iter().enumerate().map(|(index, name)| (name, self.slot_value(index))).collect()
    }
}

/// A new instance without attributes.
#[inline]
pub fn new_instance(class: &Obj<Class>) -> Ref<Instance> {
    let fixed = class.slot_count.get();
    let room = if !class.has_flag(flags::HAS_DICT) {
        0
    } else if class.instances_made.get() < LEARNING_INSTANCES {
        class.instances_made.set(class.instances_made.get() + 1);
        class.expected_attributes.get().max(LEARNING_ROOM)
    } else {
        class.expected_attributes.get()
    };
    if room < class.least_room.get() {
        class.least_room.set(room);
    }
    let instance =
        Instance { dict: Slot::new(Value::EMPTY), overflow: RefCell::new(None), inline: fixed + room, fixed };
    alloc_tail(class.instance_shape.get(), instance, [])
}
