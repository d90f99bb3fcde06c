//! Code objects at run time: a [`CodeObject`] with its constants and names made into values.

use std::cell::Cell;
use std::rc::Rc;

use super::frame::Frame;
use super::heap::{Payload, Ref, alloc, size_class, tail_offset};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;
use super::{complex, float, int, set, string, tuple};
use crate::code::{CodeObject, Const, Op, SlotKind, flags};

/// The payload of `code`.
pub struct Code {
    /// What the compiler made.
    pub object: Rc<CodeObject>,
    /// Instructions; the cache words in them change.
    pub instructions: Box<[Cell<u32>]>,
    /// The constants.
    pub consts: Box<[Value]>,
    /// The names, interned.
    pub names: Box<[Value]>,
    /// The slot names, interned.
    pub slot_names: Box<[Value]>,
    /// `co_flags`, which `types.coroutine` may change in a copy.
    pub flags: u32,
    /// Free variables.
    pub free_count: u32,
    /// Locals, cells and free variables.
    slots: u32,
    /// The same and the operand stack.
    frame_slots: u32,
    /// The heap's size class for frames of this code, 0 when they are too large for one.
    pub(crate) frame_class: u32,
    /// The number of positional parameters when a call with exactly that many positional arguments needs no binding
    /// beyond moving them into the first slots; otherwise `u32::MAX`.
    pub simple_arg_count: u32,
    /// The same when the call runs at once: `u32::MAX` for generators and coroutines too.
    pub direct_arg_count: u32,
}

impl Payload for Code {
    const KIND: Kind = Kind::Code;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.consts.iter().for_each(visit);
    }
}

impl Code {
    /// Locals, cells and free variables.
    #[inline(always)]
    pub fn slot_count(&self) -> usize {
        self.slots as usize
    }

    /// Slots and operand stack.
    #[inline(always)]
    pub fn frame_slots(&self) -> usize {
        self.frame_slots as usize
    }

    /// Whether a frame suspended before the given word must be closed by running its code: it is inside a `try` or
    /// `with`, or delegates.
    pub fn must_close_at(&self, ip: u32) -> bool {
        self.delegates_at(ip) || self.must_run_to_close(ip)
    }

    /// Whether a frame suspended before the given word has a handler that would see a GeneratorExit.
    pub fn must_run_to_close(&self, ip: u32) -> bool {
        let word = if self.delegates_at(ip) { ip } else { ip.saturating_sub(1) };
        self.object.exceptions.iter().any(|entry| entry.start <= word && word < entry.end)
    }

    fn delegates_at(&self, ip: u32) -> bool {
        self.instructions.get(ip as usize).is_some_and(|word| word.get() as u8 == Op::YieldFrom as u8)
    }
}

/// The run-time form of a compiled code object.
pub fn new_code(object: &Rc<CodeObject>) -> Ref<Code> {
    alloc(ShapeId::exact(Kind::Code), make(object))
}

fn make(object: &Rc<CodeObject>) -> Code {
    let simple = object.flags & (flags::VARARGS | flags::VARKEYWORDS | flags::DEFERRED) == 0
        && object.kwonly_arg_count == 0
        && object.flags & flags::OPTIMIZED != 0;
    let slots = object.slots.len() as u32 + object.stack_size;
    Code {
        instructions: object.instructions.iter().map(|word| Cell::new(*word)).collect(),
        consts: object.consts.iter().map(const_value).collect(),
        names: object.names.iter().map(|name| string::intern(name)).collect(),
        slot_names: object.slots.iter().map(|name| string::intern(name)).collect(),
        flags: object.flags,
        free_count: object.slot_kinds.iter().filter(|kind| **kind == SlotKind::Free).count() as u32,
        slots: object.slots.len() as u32,
        frame_slots: slots,
        frame_class: size_class(tail_offset::<Frame>() + slots as usize * size_of::<Value>()) as u32,
        simple_arg_count: if simple { object.arg_count } else { u32::MAX },
        direct_arg_count: if simple && !object.is_suspendable() { object.arg_count } else { u32::MAX },
        object: object.clone(),
    }
}

/// The value of a constant. Strings that look like names and single characters are interned, as CPython does.
pub fn const_value(constant: &Const) -> Value {
    match constant {
        Const::None => Value::NONE,
        Const::True => Value::TRUE,
        Const::False => Value::FALSE,
        Const::Ellipsis => Value::ELLIPSIS,
        Const::Int(i) => int::from_i64(*i),
        Const::BigInt(i) => int::from_bigint(i.clone()),
        Const::Float(f) => float::new_float(*f),
        Const::Complex(re, im) => complex::new_complex(*re, *im),
        Const::Str(text) => {
            let name_like =
                text.len() == 1 || text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if name_like { string::intern(text) } else { string::new_str(&**text).into_value() }
        }
        Const::Bytes(bytes) => super::bytes::new_bytes(bytes.to_vec()).into_value(),
        // The names of keyword arguments are compared by identity, however they are spelled.
        Const::Tuple(items) => tuple::new_tuple(items.iter().map(|item| match item {
            Const::Str(text) if crate::text::unicode::isidentifier(text) => string::intern(text),
            item => const_value(item),
        }))
        .into_value(),
        Const::FrozenSet(items) => set::frozen_constants(items.iter().map(const_value).collect()),
        Const::Code(code) => new_code(code).into_value(),
    }
}
