//! Exceptions: the object that is raised, and the hierarchy of built-in classes.

use std::cell::{Cell, RefCell};

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

/// The payload of exceptions.
pub struct Exception {
    /// `args`, a tuple.
    pub args: Slot,
    /// `__cause__`, or None.
    pub cause: Slot,
    /// `__context__`, or None.
    pub context: Slot,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
    /// `__traceback__`, or None.
    pub traceback: Slot,
    /// `__dict__`, a dict, empty until asked for.
    pub attrs: Slot,
    /// Members that only some classes have (`value`, `errno`, `name`, ...), by the index that the class's table gives.
    pub fields: RefCell<Vec<Value>>,
}

impl Payload for Exception {
    const KIND: Kind = Kind::Exception;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.args, &self.cause, &self.context, &self.traceback, &self.attrs] {
            slot.peek(&mut *visit);
        }
        self.fields.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        for slot in [&self.args, &self.cause, &self.context, &self.traceback, &self.attrs] {
            slot.set(Value::NONE);
        }
        let old = std::mem::take(&mut *self.fields.borrow_mut());
        drop(old);
    }
}

impl Exception {
    /// A payload with the given arguments (a tuple).
    pub fn new(args: Value) -> Exception {
        Exception {
            args: Slot::new(args),
            cause: Slot::new(Value::NONE),
            context: Slot::new(Value::NONE),
            suppress_context: Cell::new(false),
            traceback: Slot::new(Value::NONE),
            attrs: Slot::new(Value::EMPTY),
            fields: RefCell::default(),
        }
    }

    /// A member field; None when it was never set.
    pub fn field(&self, index: usize) -> Value {
        self.fields.borrow().get(index).cloned().unwrap_or(Value::NONE)
    }

    /// Sets a member field.
    pub fn set_field(&self, index: usize, value: Value) {
        let old = {
            let mut fields = self.fields.borrow_mut();
            while fields.len() <= index {
                fields.push(Value::NONE);
            }
            std::mem::replace(&mut fields[index], value)
        };
        drop(old);
    }
}
