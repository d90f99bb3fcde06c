//! Frames: one running call of Python code, a heap object; a generator *is* its frame.
//!
//! A frame has the slots of its locals and its operand stack as its tail, exactly as many as the code needs. For a plain
//! call the chain of frames owns it. A generator, coroutine or asynchronous generator is a frame whose shape says so: the
//! program holds it, and resuming it puts it on the chain for a while.
//!
//! `prev` tells who gets control back. `link` and `deleg` make delegation chains (`yield from`, `await`) constant-time:
//! in a chain root -> ... -> leaf, `root.link` is the leaf, `leaf.link` is the root, and `frame.deleg` is the frame that
//! is suspended on this one. They do not own what they point to: the owning reference to a delegate is the one on its
//! delegator's operand stack, so a link cannot outlive its frame as long as both ends are reset together.

use std::cell::Cell;

use super::code::Code;
use super::function::Function;
use super::heap::{Header, Obj, Payload, Ref, Slot, tail_offset};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;
use crate::code::Op;

/// Where a frame stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Made by calling a generator function; none of its code has run.
    Created,
    /// At a `yield`, `yield from` or `await`; `ip` is the word to go on at (for `YieldFrom`, that instruction).
    Suspended,
    /// On the chain: it runs, or waits for a call that it made.
    Running,
    /// Returned or raised; its locals are gone.
    Finished,
}

/// Bits of [`Frame::flags`].
pub mod flags {
    /// The result is dropped and replaced by the value in the first stack slot: `__init__` called by a class call.
    pub const RESULT_IS_SELF: u8 = 1;
    /// An asynchronous generator whose `aclose` or `athrow` is under way, or that is closed for good.
    pub const AG_CLOSED: u8 = 2;
    /// An asynchronous generator that runs an `asend`, `athrow` or `aclose`.
    pub const AG_RUNNING: u8 = 4;
    /// The hooks of `sys.set_asyncgen_hooks` have been called.
    pub const AG_HOOKED: u8 = 8;
    /// An asynchronous generator that stopped at a `yield` of its own, not at an `await`.
    pub const AG_ITEM: u8 = 16;
    /// `func` is a copy that belongs to this one object.
    pub const OWN_FUNCTION: u8 = 32;
    /// A plain frame that the loop put on top of a Python frame, which gets the result on its stack.
    pub const CALLED: u8 = 64;
    /// A plain frame of a special method: what is to be done with its result is up to the instruction of the frame below.
    pub const OPERATOR: u8 = 128;
}

/// The payload of frames and of everything that suspends.
#[repr(C)]
pub struct Frame {
    /// The running function: keeps code, globals and closure alive.
    pub func: Slot,
    /// Address of the frame (Python or native) that gets control back; 0 at the bottom.
    pub prev: Cell<usize>,
    /// See the module's documentation; 0 when the frame is its own leaf.
    pub link: Cell<usize>,
    /// Address of the frame that is suspended on this one, 0 when none is.
    pub deleg: Cell<usize>,
    /// The word to go on at, valid while control is elsewhere.
    pub ip: Cell<u32>,
    /// Values on the operand stack, valid while control is elsewhere.
    pub sp: Cell<u16>,
    /// Where the frame stands.
    pub state: Cell<State>,
    /// See [`flags`].
    pub flags: Cell<u8>,
}

const _: () = assert!(size_of::<Obj<Frame>>() == 48);

impl Payload for Frame {
    const KIND: Kind = Kind::Frame;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.func.peek(visit);
    }

    fn clear(&self) {
        self.state.set(State::Finished);
        // The tail is cleared by the heap; the stack is empty from here on once it has been.
    }

    fn tail_len(&self) -> usize {
        self.with_code(|code| code.frame_slots())
    }

    fn tail_live(&self) -> usize {
        self.with_code(|code| code.slot_count()) + usize::from(self.sp.get())
    }

    fn needs_finalizer(frame: &Obj<Frame>) -> bool {
        if !frame.is_suspendable() {
            return false;
        }
        match frame.state.get() {
            // An asynchronous generator whose `__anext__()` was called has told the hook, and tells the other one.
            State::Created => {
                frame.header().shape() == SHAPE_COROUTINE
                    || frame.header().shape() == SHAPE_ASYNC_GENERATOR && frame.has_flag(flags::AG_HOOKED)
            }
            State::Suspended => {
                frame.header().shape() == SHAPE_ASYNC_GENERATOR
                    || frame.with_code(|code| code.must_close_at(frame.ip.get()))
            }
            State::Running | State::Finished => false,
        }
    }
}

/// Shape of plain frames.
pub const SHAPE_FRAME: ShapeId = ShapeId::exact(Kind::Frame);
/// Shape of generators.
pub const SHAPE_GENERATOR: ShapeId = ShapeId::numbered(Kind::Frame, 200);
/// Shape of coroutines.
pub const SHAPE_COROUTINE: ShapeId = ShapeId::numbered(Kind::Frame, 201);
/// Shape of asynchronous generators.
pub const SHAPE_ASYNC_GENERATOR: ShapeId = ShapeId::numbered(Kind::Frame, 202);

impl Frame {
    /// Looks at the frame's code.
    #[inline(always)]
    pub fn with_code<R>(&self, look: impl FnOnce(&Obj<Code>) -> R) -> R {
        // SAFETY: every frame is made with a function, and a function with a code object; neither slot ever holds
        // anything else, and the frame keeps both alive. `look` is a short closure of this crate that changes neither.
        unsafe {
            let func = (*self.func.as_ptr()).address().cast::<Obj<Function>>();
            look((*func.as_ref().code.as_ptr()).address().cast::<Obj<Code>>().as_ref())
        }
    }
}

impl std::fmt::Debug for Obj<Frame> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.with_code(|code| write!(out, "Frame({})", code.object.qualname))
    }
}

impl Obj<Frame> {
    /// The frame's address, for links.
    #[inline(always)]
    pub fn own_address(&self) -> usize {
        (self as *const Obj<Frame>).addr()
    }

    /// Whether this is a generator, coroutine or asynchronous generator.
    #[inline(always)]
    pub fn is_suspendable(&self) -> bool {
        self.header().shape() != SHAPE_FRAME
    }

    /// The class of suspended things, if it is one.
    pub fn is_generator(&self) -> bool {
        self.header().shape() == SHAPE_GENERATOR
    }

    /// Whether this is a coroutine.
    pub fn is_coroutine(&self) -> bool {
        self.header().shape() == SHAPE_COROUTINE
    }

    /// Whether this is an asynchronous generator.
    pub fn is_async_generator(&self) -> bool {
        self.header().shape() == SHAPE_ASYNC_GENERATOR
    }

    /// Whether the flag is set.
    #[inline(always)]
    pub fn has_flag(&self, flag: u8) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets or clears a flag.
    #[inline(always)]
    pub fn set_flag(&self, flag: u8, on: bool) {
        self.flags.set(if on { self.flags.get() | flag } else { self.flags.get() & !flag });
    }

    /// A copy of a local slot's value; empty when unbound.
    pub fn local(&self, index: usize) -> Value {
        self.tail().get(index).map_or(Value::EMPTY, Slot::get)
    }

    /// Source line at which the frame stands.
    pub fn line(&self) -> u32 {
        let word = self.ip.get();
        self.with_code(|code| code.object.positions.find(word.saturating_sub(u32::from(word > 0))).line)
    }
}

impl Obj<Frame> {
    #[inline(always)]
    fn stack_base(&self) -> *mut Value {
        let address = (self as *const Obj<Frame>).addr();
        let slots = self.with_code(|code| code.slot_count());
        let tail = std::ptr::with_exposed_provenance_mut::<u8>(address).wrapping_add(tail_offset::<Frame>());
        tail.cast::<Value>().wrapping_add(slots)
    }

    /// The suspending instruction: `YieldFrom` is the word to go on with, the other ones stand before it.
    pub fn suspended_at(&self) -> u32 {
        let next = self.next_word();
        if next as u8 == Op::YieldFrom as u8 { next } else { self.current_word() }
    }

    /// What the frame delegates to, when it is suspended at a `yield from` or `await`.
    pub fn delegate(&self) -> Option<Value> {
        match self.state.get() {
            State::Suspended if self.next_word() as u8 == Op::YieldFrom as u8 => Some(self.peek(1)),
            _ => None,
        }
    }

    /// The innermost frame of the chain whose root this is, when that is another one.
    pub(crate) fn chain_leaf(&self) -> Option<Ref<Frame>> {
        frame_at(self.link.get() & LINK_ADDRESS)
    }

    /// Whether the frame or one that it delegates to runs.
    pub fn is_running(&self) -> bool {
        let mut frame = self.to_ref();
        loop {
            match frame.state.get() {
                State::Running => return true,
                State::Created | State::Finished => return false,
                State::Suspended => match frame.delegate().and_then(|next| next.downcast::<Frame>()) {
                    // Only a delegate that is linked runs on this frame's behalf.
                    Some(next) if next.deleg.get() != 0 => frame = next,
                    _ => return false,
                },
            }
        }
    }

    /// Pushes a value on the operand stack of a frame that is not running. The verifier has proved that the code's
    /// stack has room for what its current instruction pushes.
    pub fn push(&self, value: Value) {
        let depth = usize::from(self.sp.get());
        debug_assert!(self.with_code(|code| code.slot_count() + depth < code.frame_slots()));
        // SAFETY: the place lies inside the frame's allocation and holds no owned value.
        unsafe { self.stack_base().add(depth).write(value) };
        self.sp.set(depth as u16 + 1);
    }

    /// Pops a value off the operand stack of a frame that is not running.
    pub fn pop(&self) -> Value {
        let Some(depth) = self.sp.get().checked_sub(1) else { return Value::EMPTY };
        self.sp.set(depth);
        // SAFETY: the place held an owned value, whose ownership passes to the caller.
        unsafe { self.stack_base().add(usize::from(depth)).read() }
    }

    /// The n-th value from the top (1 is the top) of the operand stack of a frame that is not running.
    pub fn peek(&self, n: usize) -> Value {
        match usize::from(self.sp.get()).checked_sub(n) {
            // SAFETY: places below sp hold owned values.
            Some(index) => unsafe { (*self.stack_base().add(index)).clone() },
            None => Value::EMPTY,
        }
    }

    /// Exchanges the value at an index from the bottom of the operand stack.
    pub fn swap_stack(&self, index: usize, value: &mut Value) {
        if index < usize::from(self.sp.get()) {
            // SAFETY: places below sp hold owned values.
            unsafe { std::ptr::swap(self.stack_base().add(index), value) };
        }
    }

    /// Drops what lies above `depth` on the operand stack of a frame that is not running.
    pub fn truncate(&self, depth: usize) {
        while usize::from(self.sp.get()) > depth {
            drop(self.pop());
        }
    }

    /// Drops locals and operand stack of a frame that will not run again, in CPython's order.
    pub fn retire(&self) {
        self.state.set(State::Finished);
        self.truncate(0);
        for slot in self.tail() {
            drop(slot.take());
        }
    }

    /// The instruction word that the frame stands at: the one before `ip`.
    pub fn current_word(&self) -> u32 {
        let index = self.ip.get();
        self.with_code(|code| code.instructions.get(index.saturating_sub(1) as usize).map_or(0, Cell::get))
    }

    /// The instruction word that the frame goes on with.
    pub fn next_word(&self) -> u32 {
        self.with_code(|code| code.instructions.get(self.ip.get() as usize).map_or(0, Cell::get))
    }
}

/// Hands a counted reference over to the chain of frames; the address goes into a `prev` or `Ctx::frame`.
pub(crate) fn give_to_chain(frame: Value) -> usize {
    let address = frame.address().as_ptr().expose_provenance();
    std::mem::forget(frame);
    address
}

/// Takes back the reference that the chain owned. The address must have come from [`give_to_chain`] (or be that of a
/// frame that the loop pushed itself), once.
pub(crate) fn take_from_chain(address: usize) -> Value {
    let pointer = std::ptr::with_exposed_provenance_mut::<Header>(address);
    // SAFETY: the chain owned one counted reference to the frame at this address, and hands it over.
    unsafe { Value::from_address(std::ptr::NonNull::new_unchecked(pointer)) }
}

/// The Python frame at an address on the chain, None for a native frame or address 0.
pub(crate) fn frame_at(address: usize) -> Option<Ref<Frame>> {
    value_at(address)?.downcast::<Frame>()
}

/// Marks that the loop keeps in the low bits of a link; objects lie at multiples of 16.
const LINK_MARKS: usize = 15;
/// The bits of a link that hold the address; those above count the delegations that a root's link spans.
pub(crate) const LINK_ADDRESS: usize = (1 << 48) - 1;

/// The native frame at an address on the chain, None for a Python frame or address 0.
pub(crate) fn native_at(address: usize) -> Option<Ref<super::native::NativeFrame>> {
    if header_at(address)?.kind() != Kind::NativeFrame {
        return None;
    }
    value_at(address)?.downcast()
}

/// The frame, Python or native, at an address on the chain.
pub(crate) fn value_at(address: usize) -> Option<Value> {
    let address = address & !LINK_MARKS;
    if address == 0 { None } else { super::heap::value_at(address) }
}

/// Writes the payload of a frame whose slots are written already; the caller owns the reference.
///
/// # Safety
/// `address` is fresh from the heap, with room for the frame that `func`'s code asks for.
#[inline(always)]
pub(crate) unsafe fn write_frame(
    address: std::ptr::NonNull<Header>,
    shape: ShapeId,
    func: Value,
    prev: usize,
    flags: u8,
) -> *const Obj<Frame> {
    let frame = Frame {
        func: Slot::new(func),
        prev: Cell::new(prev),
        link: Cell::new(0),
        deleg: Cell::new(0),
        ip: Cell::new(0),
        sp: Cell::new(0),
        state: Cell::new(if shape == SHAPE_FRAME { State::Running } else { State::Created }),
        flags: Cell::new(flags),
    };
    // SAFETY: by the contract.
    unsafe { std::mem::forget(super::heap::write_object(address, shape, frame)) };
    address.cast::<Obj<Frame>>().as_ptr().cast_const()
}

/// Allocates a frame for a function, all locals unbound.
pub fn new_frame(shape: ShapeId, func: Value, slot_count: usize, frame_slots: usize) -> Ref<Frame> {
    let address = super::heap::allocate(tail_offset::<Frame>() + frame_slots * size_of::<Value>(), true);
    let state = if shape == SHAPE_FRAME { State::Running } else { State::Created };
    let frame = Frame {
        func: Slot::new(func),
        prev: Cell::new(0),
        link: Cell::new(0),
        deleg: Cell::new(0),
        ip: Cell::new(0),
        sp: Cell::new(0),
        state: Cell::new(state),
        flags: Cell::new(0),
    };
    // SAFETY: the room is large enough for the frame and its slots. The stack part stays uninitialised, which is fine:
    // tail_live counts the locals and `sp` values only.
    unsafe {
        let tail = address.as_ptr().cast::<u8>().add(tail_offset::<Frame>()).cast::<Value>();
        for index in 0..slot_count {
            tail.add(index).write(Value::EMPTY);
        }
        super::heap::write_object(address, shape, frame)
    }
}

/// The header of a frame, Python or native, whose address stands in a link.
pub fn header_at<'a>(address: usize) -> Option<&'a Header> {
    let pointer = std::ptr::with_exposed_provenance::<Header>(address);
    // SAFETY: links hold 0 or the address of a frame that is alive because it is on the chain or on an operand stack.
    unsafe { pointer.as_ref() }
}
