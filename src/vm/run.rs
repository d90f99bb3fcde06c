//! The interpreter loop: one `match` over the opcodes, running whatever frame is on top of the chain.
//!
//! The running frame's state is in local variables: `ip` (the next instruction word), `sp` (the first free place of the
//! operand stack), `slots` (the locals), `consts`. They are stored into the frame (`save!`) before anything that can
//! run other code, raise or look at frames, and read back (`load!`) when another frame is on top.
//!
//! INVARIANT: the code object was verified when it was made (`code::verify`), so slot, constant and name indexes are in
//! range and the operand stack never leaves its bounds. Places of the stack below `sp` and all slots hold values owned
//! by the frame; places at or above `sp` are not owned, whatever bits they hold.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

use smallvec::SmallVec;

use super::ops::iteration::Advanced;
use super::transfer::{Exit, Signal};
use super::{bind, call, finalize, instantiate, ops, resume, threads, transfer};
use crate::code::opcode::encode;
use crate::code::{BinaryOperator, Comparison, Intrinsic, Op};
use crate::objects::adapters::{Enumerate, SHAPE_ENUMERATE, SHAPE_ZIP, Zip};
use crate::objects::cell::{CellObject, new_cell};
use crate::objects::class::{Class, flags};
use crate::objects::code::Code;
use crate::objects::construct;
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::frame::{self, Frame, SHAPE_ASYNC_GENERATOR, SHAPE_COROUTINE, SHAPE_FRAME, SHAPE_GENERATOR, State};
use crate::objects::function::{BoundMethod, Function};
use crate::objects::heap::{self, Header, Obj, Ref, attention, tail_offset};
use crate::objects::instance::{Instance, new_instance};
use crate::objects::iterator::Iter;
use crate::objects::kind::Kind;
use crate::objects::list::{List, ListIter};
use crate::objects::native::{
    Action, Control, Input, MOST_PADDED, Native, NativeCode, NativeDef, NativeFrame, PyResult, Raised, Role,
};
use crate::objects::observer::Event;
use crate::objects::protocol;
use crate::objects::protocol::operator::UnaryOperator;
use crate::objects::range::RangeIter;
use crate::objects::shape::{ShapeId, class_epoch_address};
use crate::objects::string::{self, Str};
use crate::objects::suspension::{self, Suspension};
use crate::objects::tuple::{self, Tuple, TupleIter};
use crate::objects::value::{Value, both_small_ints};
use crate::objects::{int, list, slice};

/// Bit of a frame's `prev`: control leaves this run of the loop.
pub(crate) const BOUNDARY: usize = 1;
/// Bit of a frame's `prev`: the result is dropped, and the previous frame goes on at its `ip` as if nothing had happened.
pub(crate) const DISCARD: usize = 2;
/// The bits of `prev` that are no part of the address.
pub(crate) const PREV_BITS: usize = 3;

const EXACT_LIST: ShapeId = ShapeId::exact(Kind::List);
const EXACT_TUPLE: ShapeId = ShapeId::exact(Kind::Tuple);
const EXACT_DICT: ShapeId = ShapeId::exact(Kind::Dict);
const EXACT_STR: ShapeId = ShapeId::exact(Kind::Str);
const EXACT_FUNCTION: ShapeId = ShapeId::exact(Kind::Function);
const EXACT_METHOD: ShapeId = ShapeId::exact(Kind::BoundMethod);
const EXACT_LIST_ITER: ShapeId = ShapeId::exact(Kind::ListIter);
const EXACT_RANGE_ITER: ShapeId = ShapeId::exact(Kind::RangeIter);
const EXACT_TUPLE_ITER: ShapeId = ShapeId::exact(Kind::TupleIter);

/// The instruction that takes a pair apart.
const UNPACK_PAIR: u32 = encode(Op::UnpackSequence, 2);

/// Cache words per opcode, for stepping over them when control comes back to an instruction.
static CACHES: [u8; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < Op::ALL.len() {
        table[index] = Op::ALL[index].caches() as u8;
        index += 1;
    }
    table
};

/// Cache words behind the instruction word.
pub(crate) fn cache_words(word: u32) -> u32 {
    u32::from(CACHES[(word & 0xff) as usize])
}

/// Runs the frame on top of the chain, and whatever it calls, until control leaves through a boundary.
///
/// # Errors
/// The exception that left the boundary frame.
pub(crate) fn run(ctx: &mut Ctx, entry: Signal) -> PyResult<Exit> {
    let outer = threads::enter_run(ctx);
    let mut signal = entry;
    loop {
        match transfer::settle(ctx, signal) {
            Ok(()) => {}
            Err(exit) => {
                threads::leave_run(ctx, outer);
                return exit;
            }
        }
        // SAFETY: settle left a Python frame on top of the chain, ready to run.
        signal = unsafe { execute(ctx) };
    }
}

#[inline(always)]
fn fast_add(a: u64, b: u64) -> Option<u64> {
    (a as i64 - 1).checked_add(b as i64).map(|sum| sum as u64)
}

#[inline(always)]
fn fast_subtract(a: u64, b: u64) -> Option<u64> {
    (a as i64).checked_sub(b as i64 - 1).map(|difference| difference as u64)
}

#[inline(always)]
fn fast_multiply(a: u64, b: u64) -> Option<u64> {
    // One factor without its tag and one that still counts in fours: the product lacks the tag only.
    (a as i64 >> 2).checked_mul(b as i64 - 1).map(|product| (product + 1) as u64)
}

/// The plain operators that the loop itself has code for; see [`operator_word`](crate::code::opcode::operator_word).
const ADD: u8 = BinaryOperator::Add as u8;
const SUBTRACT: u8 = BinaryOperator::Subtract as u8;
const MULTIPLY: u8 = BinaryOperator::Multiply as u8;

/// A plain operator on two numbers of the word; None when it takes more than that. What is frequent is done here, the
/// rest by [`other_numbers`].
#[inline(always)]
fn fast_binary(plain: u8, a: &Value, b: &Value) -> Option<Value> {
    let (x, y) = (a.bits(), b.bits());
    if both_small_ints(x, y) {
        let result = match plain {
            ADD => fast_add(x, y),
            SUBTRACT => fast_subtract(x, y),
            MULTIPLY => fast_multiply(x, y),
            _ => return other_numbers(plain, a, b),
        };
        // SAFETY: the fast paths give the word of a small int, which holds no pointer.
        return result.map(|bits| unsafe { Value::from_bits(bits) });
    }
    if let (Some(f), Some(g)) = (a.as_inline_float(), b.as_inline_float()) {
        return Value::inline_float(match plain {
            ADD => f + g,
            SUBTRACT => f - g,
            MULTIPLY => f * g,
            _ => return other_numbers(plain, a, b),
        });
    }
    if a.is_object() || b.is_object() { None } else { other_numbers(plain, a, b) }
}

/// The less frequent operators on numbers of the word, and those on an int and a float.
#[inline(never)]
fn other_numbers(plain: u8, a: &Value, b: &Value) -> Option<Value> {
    let op = *BinaryOperator::ALL.get(usize::from(plain))?;
    if let (Some(i), Some(j)) = (a.as_small_int(), b.as_small_int()) {
        return match op {
            BinaryOperator::Multiply => i.checked_mul(j).and_then(Value::small_int),
            BinaryOperator::FloorDivide if j > 0 => Value::small_int(i.div_euclid(j)),
            BinaryOperator::Remainder if j > 0 => Value::small_int(i.rem_euclid(j)),
            BinaryOperator::And => Value::small_int(i & j),
            BinaryOperator::Or => Value::small_int(i | j),
            BinaryOperator::Xor => Value::small_int(i ^ j),
            BinaryOperator::LeftShift if (0..62).contains(&j) => i.checked_mul(1 << j).and_then(Value::small_int),
            BinaryOperator::RightShift if j >= 0 => Value::small_int(i >> j.min(63)),
            BinaryOperator::TrueDivide if j != 0 && i.unsigned_abs() < 1 << 53 && j.unsigned_abs() < 1 << 53 => {
                Value::inline_float(i as f64 / j as f64)
            }
            _ => None,
        };
    }
    let f = a.as_inline_float().or_else(|| small_as_float(a))?;
    let g = b.as_inline_float().or_else(|| small_as_float(b))?;
    let result = match op {
        BinaryOperator::Add => f + g,
        BinaryOperator::Subtract => f - g,
        BinaryOperator::Multiply => f * g,
        BinaryOperator::TrueDivide if g != 0.0 => f / g,
        _ => return None,
    };
    Value::inline_float(result)
}

#[inline(always)]
fn small_as_float(value: &Value) -> Option<f64> {
    value.as_small_int().filter(|i| i.unsigned_abs() < 1 << 53).map(|i| i as f64)
}

/// How two numbers of the word compare, as the bit of a [`comparison_word`](crate::code::opcode::comparison_word) that
/// tells what to do then; None for anything else.
#[inline(always)]
fn outcome(a: &Value, b: &Value) -> Option<u32> {
    let (x, y) = (a.bits(), b.bits());
    if both_small_ints(x, y) {
        let (x, y) = (x as i64, y as i64);
        return Some(28 + u32::from(x >= y) + u32::from(x > y));
    }
    let (Some(f), Some(g)) = (a.as_inline_float(), b.as_inline_float()) else { return None };
    // Floats of the word are never NaN.
    Some(28 + u32::from(f >= g) + u32::from(f > g))
}

/// As [`outcome`], of two strs, which an equality word need not put in order.
#[inline(never)]
fn text_outcome(word: u32, a: &Value, b: &Value) -> Option<u32> {
    let (x, y) = (exact::<Str>(a, EXACT_STR)?, exact::<Str>(b, EXACT_STR)?);
    if a.is(b) {
        return Some(29);
    }
    if matches!(comparison(word >> 24), Comparison::Equal | Comparison::NotEqual) {
        // Names are held once: two that are not the same object are not equal.
        let equal = !(x.is_interned() && y.is_interned()) && x.as_str() == y.as_str();
        return Some(if equal { 29 } else { 30 });
    }
    Some(match string::compare(x.as_str(), y.as_str()) {
        std::cmp::Ordering::Less => 28,
        std::cmp::Ordering::Equal => 29,
        std::cmp::Ordering::Greater => 30,
    })
}

/// Whether a comparison holds in each of the cases less, equal, greater, from bit 28 on.
static HOLDS: [u32; 6] = [1 << 28, 3 << 28, 2 << 28, 5 << 28, 4 << 28, 6 << 28];

#[inline(always)]
fn comparison(number: u32) -> Comparison {
    match number & 7 {
        0 => Comparison::Less,
        1 => Comparison::LessEqual,
        2 => Comparison::Equal,
        3 => Comparison::NotEqual,
        4 => Comparison::Greater,
        _ => Comparison::GreaterEqual,
    }
}

/// The operator in an operator word, or in the argument of `BinaryOp`.
fn operator(word: u32) -> BinaryOperator {
    BinaryOperator::ALL[(word & 0xff) as usize]
}

/// Whether an instance has a place in its tail: instances of one shape differ in how many attributes they have room for.
///
/// # Safety
/// The object is an instance.
#[inline(always)]
unsafe fn has_inline_place(object: &Value, place: u32) -> bool {
    // SAFETY: by the contract.
    unsafe { (place as usize) < object.address().cast::<Obj<Instance>>().as_ref().inline_count() }
}

/// Allocates the frame of a call of a function whose code takes exactly the given arguments, moving them in.
///
/// # Safety
/// `args` points to `count` owned values, which the caller gives up; `count` is at most the number of slots. `func` is a
/// function with this code.
#[inline(always)]
unsafe fn enter_frame(
    shape: ShapeId,
    func: Value,
    code: &Obj<Code>,
    args: *const Value,
    count: usize,
    prev: usize,
    flags: u8,
) -> *const Obj<Frame> {
    // SAFETY: the room is large enough for the frame and its slots; every slot is written before use.
    unsafe {
        let address = match code.frame_class {
            0 => allocate_large_frame(code),
            class => heap::allocate_container(class as usize),
        };
        let tail = address.as_ptr().cast::<u8>().add(tail_offset::<Frame>()).cast::<u64>();
        let args = args.cast::<u64>();
        // The volatile accesses keep these loops, which run a few times at most, from becoming calls of memcpy and vector
        // code; nothing else is meant by them.
        let mut index = 0;
        while index < count {
            tail.add(index).write_volatile(args.add(index).read());
            index += 1;
        }
        let slots = code.slot_count();
        while index < slots {
            tail.add(index).write_volatile(Value::EMPTY.bits());
            index += 1;
        }
        if code.free_count > 0 {
            copy_closure(&func, code, tail.cast::<Value>());
        }
        frame::write_frame(address, shape, func, prev, flags)
    }
}

/// The frame of a call whose arguments are the first slots, in this order; the other slots are empty. There must be no
/// more arguments than slots.
pub(crate) fn simple_frame(shape: ShapeId, func: &Value, code: &Obj<Code>, args: &[Value]) -> Ref<Frame> {
    let count = args.len().min(code.slot_count());
    // SAFETY: the frame gets references of its own to the arguments; `func` is a function with this code, since both
    // came from the binder. The frame's one reference passes to the handle.
    unsafe {
        args[..count].iter().for_each(|arg| std::mem::forget(arg.clone()));
        let frame = enter_frame(shape, func.clone(), code, args.as_ptr(), count, 0, 0);
        let address = std::ptr::NonNull::new_unchecked(frame.cast_mut()).cast::<Header>();
        Ref::from_value(Value::from_address(address))
    }
}

/// The frame of a call whose slots are all empty.
pub(crate) fn empty_frame(shape: ShapeId, func: &Value, code: &Obj<Code>) -> Ref<Frame> {
    // SAFETY: as for `simple_frame`; there are no arguments to be moved.
    unsafe {
        let frame = enter_frame(shape, func.clone(), code, std::ptr::dangling(), 0, 0, 0);
        let address = std::ptr::NonNull::new_unchecked(frame.cast_mut()).cast::<Header>();
        Ref::from_value(Value::from_address(address))
    }
}

#[cold]
#[inline(never)]
fn allocate_large_frame(code: &Obj<Code>) -> std::ptr::NonNull<Header> {
    heap::allocate(tail_offset::<Frame>() + code.frame_slots() * size_of::<Value>(), true)
}

/// Puts the cells of a function's closure into the last slots of its new frame.
///
/// # Safety
/// `tail` is the slots of a frame for the function's code, the last ones empty.
#[inline(never)]
unsafe fn copy_closure(func: &Value, code: &Obj<Code>, tail: *mut Value) {
    // SAFETY: by the contract; the closure of a function has as many cells as its code has free variables, and the
    // compiler places their slots last.
    unsafe {
        let function = func.address().cast::<Obj<Function>>().as_ref();
        let first = code.slot_count() - code.free_count as usize;
        if let Some(closure) = (*function.closure.as_ptr()).downcast_ref::<Tuple>() {
            for (index, cell) in closure.items().iter().take(code.free_count as usize).enumerate() {
                tail.add(first + index).write(cell.clone());
            }
        }
    }
}

/// Bits of a link that hold an address; the ones above count the delegations of a chain (see `resume`).
const LINK_ADDRESS: usize = (1 << resume::ADDRESS_BITS) - 1;

/// Puts a suspended or new generator on top of the chain, its leaf running, when nothing stands in the way; `false`
/// when [`resume::enter`] must look at it.
///
/// # Safety
/// The links of the generator's chain are in order, as everywhere outside `resume`.
#[inline(always)]
unsafe fn resume_quickly(ctx: &mut Ctx, root: &Obj<Frame>) -> bool {
    if root.deleg.get() != 0 {
        return false;
    }
    let link = root.link.get();
    let length = (link >> resume::ADDRESS_BITS) as u32;
    if ctx.depth + length >= ctx.recursion_limit {
        return false;
    }
    let state = root.state.get();
    if state != State::Suspended && state != State::Created {
        return false;
    }
    let own = (root as *const Obj<Frame>).addr();
    let address = if link == 0 { own } else { link & LINK_ADDRESS };
    ctx.depth += 1 + length;
    root.state.set(State::Running);
    // SAFETY: a link names a frame that its delegator's operand stack keeps alive.
    let leaf = unsafe { &*std::ptr::with_exposed_provenance::<Obj<Frame>>(address) };
    leaf.state.set(State::Running);
    leaf.prev.set(ctx.frame);
    root.header().count_up();
    ctx.frame = address;
    true
}

/// The running frame suspends: the counterpart of [`resume_quickly`]. Returns the `prev` of the frame that gets control,
/// and the root of the chain, whose reference the caller gives up when it is done.
///
/// # Safety
/// As for [`resume_quickly`].
#[inline(always)]
unsafe fn suspend_quickly(ctx: &mut Ctx, leaf: &Obj<Frame>) -> (usize, std::ptr::NonNull<Header>) {
    leaf.state.set(State::Suspended);
    let own = (leaf as *const Obj<Frame>).addr();
    let mut root = own;
    if leaf.deleg.get() != 0 {
        root = leaf.link.get() & LINK_ADDRESS;
        // SAFETY: the root of a running chain is alive: the chain holds a reference to it.
        let frame = unsafe { &*std::ptr::with_exposed_provenance::<Obj<Frame>>(root) };
        frame.state.set(State::Suspended);
        ctx.depth -= (frame.link.get() >> resume::ADDRESS_BITS) as u32;
    }
    ctx.depth -= 1;
    let prev = leaf.prev.replace(0);
    ctx.frame = prev & !PREV_BITS;
    // SAFETY: the address of a frame is not 0.
    (prev, unsafe { std::ptr::NonNull::new_unchecked(std::ptr::with_exposed_provenance_mut(root)) })
}

/// The running frame delegates to a generator or coroutine that stands alone, which is on top of the chain then; `false`
/// when [`resume::delegate`] must look at it.
///
/// # Safety
/// As for [`resume_quickly`]; `me` is the running frame and keeps `sub` on its operand stack.
#[inline(always)]
unsafe fn delegate_quickly(ctx: &mut Ctx, me: &Obj<Frame>, sub: &Obj<Frame>) -> bool {
    let state = sub.state.get();
    if sub.deleg.get() != 0
        || sub.link.get() != 0
        || state != State::Created && state != State::Suspended
        || ctx.depth >= ctx.recursion_limit
    {
        return false;
    }
    let me_address = (me as *const Obj<Frame>).addr();
    let (root_address, above) = if me.deleg.get() == 0 {
        (me_address, 0)
    } else {
        let root = me.link.get() & LINK_ADDRESS;
        // SAFETY: the root of a running chain is alive: the chain holds a reference to it.
        let above = unsafe { &*std::ptr::with_exposed_provenance::<Obj<Frame>>(root) }.link.get();
        (root, above >> resume::ADDRESS_BITS)
    };
    if above >= resume::MAX_CHAIN {
        return false;
    }
    let sub_address = (sub as *const Obj<Frame>).expose_provenance();
    ctx.depth += 1;
    me.state.set(State::Suspended);
    me.link.set(0);
    sub.deleg.set(me_address);
    sub.link.set(root_address);
    sub.prev.set(me.prev.replace(0));
    sub.state.set(State::Running);
    // SAFETY: as above.
    let root = unsafe { &*std::ptr::with_exposed_provenance::<Obj<Frame>>(root_address) };
    root.state.set(State::Running);
    root.link.set(sub_address & LINK_ADDRESS | (above + 1) << resume::ADDRESS_BITS);
    ctx.frame = sub_address;
    true
}

/// The running leaf of a delegation chain is done: the frame that delegated to it takes its place. The delegate on that
/// frame's stack and its instruction pointer are left to the caller.
///
/// # Safety
/// As for [`resume_quickly`]; the leaf's slots and stack hold nothing any more.
#[inline(always)]
unsafe fn leave_chain(ctx: &mut Ctx, leaf: &Obj<Frame>) {
    let parent_address = leaf.deleg.replace(0);
    let root_address = leaf.link.replace(0) & LINK_ADDRESS;
    leaf.state.set(State::Finished);
    ctx.depth -= 1;
    // SAFETY: both are alive: the root by the chain's reference, the parent by its delegator's stack.
    unsafe {
        let parent = &*std::ptr::with_exposed_provenance::<Obj<Frame>>(parent_address);
        parent.prev.set(leaf.prev.replace(0));
        parent.state.set(State::Running);
        if parent_address == root_address {
            parent.link.set(0);
        } else {
            let root = &*std::ptr::with_exposed_provenance::<Obj<Frame>>(root_address);
            let length = (root.link.get() >> resume::ADDRESS_BITS).saturating_sub(1);
            root.link.set(parent_address | length << resume::ADDRESS_BITS);
            parent.link.set(root_address);
        }
    }
    ctx.frame = parent_address;
}

/// Gives up the reference that the chain held to the root of a frame that suspended.
///
/// # Safety
/// The chain held one, and it is given up once.
#[inline(always)]
unsafe fn release_root(root: std::ptr::NonNull<Header>) {
    // SAFETY: by the contract.
    unsafe {
        if root.as_ref().count_down() {
            heap::release(root);
        }
    }
}

/// Runs the frame on top until control leaves it in a way that the loop does not handle itself.
///
/// # Safety
/// `ctx.frame` is the address of a Python frame that is ready to run.
#[expect(clippy::cognitive_complexity, reason = "the interpreter loop is one match")]
unsafe fn execute(ctx: &mut Ctx) -> Signal {
    // SAFETY: see the invariant at the top of the file. Pointers are into the running frame and its code, which the
    // chain and the frame keep alive; they are read anew whenever another frame comes to the top.
    unsafe {
        let attention_word: *const AtomicU32 = &raw const *ctx.attention;
        let epoch: *const u32 = class_epoch_address();
        let observed = ctx.observer.is_some();
        // The table is made once and never changes.
        let ascii: *const [Value] = &raw const *ctx.ascii;
        let ascii: &[Value] = &*ascii;
        let mut code: &Obj<Code>;
        let mut instructions: *mut u32;
        let mut consts: *const Value;
        let mut slots: *mut Value;
        let mut ip: *mut u32;
        let mut sp: *mut Value;

        // The running frame lies right before its slots.
        macro_rules! frame {
            () => {
                (&*slots.cast::<u8>().sub(tail_offset::<Frame>()).cast::<Obj<Frame>>())
            };
        }
        macro_rules! load {
            () => {{
                slots =
                    std::ptr::with_exposed_provenance_mut::<u8>(ctx.frame).add(tail_offset::<Frame>()).cast::<Value>();
                let func = (*frame!().func.as_ptr()).address().cast::<Obj<Function>>();
                code = (*func.as_ref().code.as_ptr()).address().cast::<Obj<Code>>().as_ref();
                instructions = code.instructions.as_ptr().cast_mut().cast::<u32>();
                consts = code.consts.as_ptr();
                ip = instructions.add(frame!().ip.get() as usize);
                sp = slots.add(code.slot_count() + usize::from(frame!().sp.get()));
            }};
        }
        macro_rules! save {
            () => {{
                frame!().ip.set(ip.offset_from(instructions) as u32);
                frame!().sp.set((sp.offset_from(slots) as usize - code.slot_count()) as u16);
            }};
        }
        macro_rules! push {
            ($value:expr) => {{
                let value: Value = $value;
                sp.write(value);
                sp = sp.add(1);
            }};
        }
        macro_rules! pop {
            () => {{
                sp = sp.sub(1);
                sp.read()
            }};
        }
        // The n-th value from the top, 1 being the top.
        macro_rules! top {
            ($n:expr) => {
                (&*sp.sub($n))
            };
        }
        macro_rules! raise {
            () => {{
                save!();
                return Signal::Raise;
            }};
        }
        macro_rules! check {
            ($result:expr) => {
                match $result {
                    Ok(value) => value,
                    Err(Raised(())) => raise!(),
                }
            };
        }
        // Serves the attention word at an instruction boundary.
        macro_rules! attend {
            () => {
                if (*attention_word).load(Ordering::Relaxed) & attention::URGENT != 0 {
                    save!();
                    match finalize::attend(ctx) {
                        Ok(()) => {}
                        Err(Raised(())) => return Signal::Raise,
                    }
                }
            };
        }
        // At a loop's end and at a call, where what a thread does is counted while others are ready: it may have to give
        // way. The frame stands where it is to go on.
        macro_rules! count {
            ($bits:expr) => {
                if $bits & attention::SWITCH != 0 {
                    if ctx.threads.ticks != 0 {
                        ctx.threads.ticks -= 1;
                    } else {
                        save!();
                        if let Some(signal) = threads::give_way(ctx) {
                            return signal;
                        }
                    }
                }
            };
        }
        macro_rules! tick {
            () => {
                let bits = (*attention_word).load(Ordering::Relaxed);
                if bits != 0 {
                    attend!();
                    count!(bits);
                }
            };
        }
        macro_rules! discard {
            ($value:expr) => {{
                drop($value);
                attend!();
            }};
        }
        // As `discard!`, where nothing but the end of this value can have left something to be done.
        macro_rules! release {
            ($value:expr) => {{
                let value = std::mem::ManuallyDrop::<Value>::new($value);
                if value.is_object() {
                    release_object!(value.address());
                }
            }};
        }
        // The same for a reference that is known to be one to an object.
        macro_rules! release_object {
            ($address:expr) => {{
                let address: std::ptr::NonNull<Header> = $address;
                if address.as_ref().count_down() {
                    heap::release(address);
                    attend!();
                }
            }};
        }
        // Pushes a global or builtin: it is where it was last time, or is looked up.
        macro_rules! load_global {
            () => {{
                let func = (*frame!().func.as_ptr()).address().cast::<Obj<Function>>();
                let globals = (*func.as_ref().globals.as_ptr()).address().cast::<Obj<Dict>>();
                let globals = globals.as_ref();
                let mut found: Option<&Value> = None;
                if globals.current_keys_version() == *ip {
                    let second = *ip.add(1);
                    if second == 0 {
                        found = (*globals.table_ptr()).value_at(*ip.add(2) as usize);
                    } else if ctx.builtins.current_keys_version() == second {
                        found = (*ctx.builtins.table_ptr()).value_at(*ip.add(2) as usize);
                    }
                }
                match found {
                    Some(value) => push!(value.clone()),
                    None => {
                        save!();
                        let name = &code.names[(*ip.sub(1) >> 8) as usize];
                        let (value, cache) = check!(ops::variable::load_global(ctx, globals, name));
                        *ip = cache[0];
                        *ip.add(1) = cache[1];
                        *ip.add(2) = cache[2];
                        push!(value);
                    }
                }
                ip = ip.add(3);
            }};
        }
        // Puts the result of an operation in place of its `n` operands, which are dropped.
        macro_rules! replace {
            ($n:expr, $value:expr) => {{
                let value: Value = $value;
                for _ in 0..$n {
                    drop(pop!());
                }
                push!(value);
            }};
        }
        macro_rules! arg {
            ($word:expr) => {
                ($word >> 8)
            };
        }
        macro_rules! a {
            ($word:expr) => {
                ($word >> 8 & 0xff) as usize
            };
        }
        macro_rules! b {
            ($word:expr) => {
                ($word >> 16) as usize
            };
        }
        macro_rules! jump {
            ($target:expr) => {
                ip = instructions.add($target as usize)
            };
        }
        // The plain operator in an operator word.
        macro_rules! plain {
            ($word:expr) => {
                ($word >> 8) as u8
            };
        }
        // Goes on in the frame of a special method of an instance, if one was put on top of the chain.
        macro_rules! entered {
            ($instance:expr, $entered:expr) => {
                if $instance.is_kind::<Instance>() && $entered {
                    load!();
                    tick!();
                    continue;
                }
            };
        }
        macro_rules! stack_binary {
            ($plain:expr, $op:expr) => {
                match fast_binary($plain, top!(2), top!(1)) {
                    Some(value) => {
                        // What the operator took are numbers, whose end is nothing.
                        sp = sp.sub(2);
                        push!(value);
                    }
                    None => {
                        save!();
                        entered!(top!(2), ops::special::enter_binary(ctx, $op, top!(2), top!(1)));
                        let value = check!(ops::operator::binary(ctx, $op, top!(2), top!(1)));
                        replace!(2, value);
                    }
                }
            };
        }
        // Compares two operands and jumps as the next word says; the last part is the general case.
        macro_rules! compare_and_jump {
            ($x:expr, $y:expr, |$op:ident| $general:expr, $release:expr) => {{
                let next = *ip;
                let jumps = match outcome($x, $y).or_else(|| text_outcome(next, $x, $y)) {
                    Some(bit) => next >> bit & 1 != 0,
                    None => {
                        save!();
                        let $op = comparison(next >> 24);
                        entered!($x, ops::special::enter_comparison(ctx, $op, $x, $y));
                        let answer: bool = $general;
                        answer == (next >> 27 & 1 != 0)
                    }
                };
                ip = ip.add(1);
                // Before the jump: what goes with the operands goes while this line runs.
                $release;
                if jumps {
                    jump!(next & 0xff_ffff);
                }
            }};
        }
        // A truth value that needs no method, else by protocol.
        macro_rules! truth {
            ($value:expr) => {{
                let value: &Value = $value;
                match value.as_bool() {
                    Some(answer) => answer,
                    None => {
                        save!();
                        check!(protocol::truth(ctx, value))
                    }
                }
            }};
        }
        // The frame on top was put there for an instruction of the frame below.
        macro_rules! called {
            () => {
                if frame!().header().shape() == SHAPE_FRAME {
                    frame!().flags.set(frame!().flags.get() | frame::flags::CALLED);
                }
            };
        }
        // Whether frames may be entered without telling anybody and without a look at the limits.
        macro_rules! unwatched {
            () => {
                !observed && ctx.coroutine_origin_depth == 0 && ctx.depth < ctx.recursion_limit
            };
        }
        // What `call_bound` led to, for a call whose operands began at `base`.
        macro_rules! bound {
            ($bound:expr, $base:expr, $caches:literal) => {{
                let result: Option<Value> = check!($bound);
                sp = $base;
                match result {
                    Some(value) => {
                        push!(value);
                        ip = ip.add($caches);
                        attend!();
                    }
                    None => {
                        save!();
                        load!();
                        tick!();
                    }
                }
            }};
        }
        // What a call that began led to; its callable lies alone at `base`, and `caches` words follow the instruction.
        macro_rules! started {
            ($begun:expr, $base:expr, $caches:literal) => {
                match $begun {
                    Ok(call::Begun::Done(value)) => {
                        replace!(1, value);
                        ip = ip.add($caches);
                        attend!();
                    }
                    Ok(call::Begun::Frame) => {
                        // The callee is on top of the chain; the callable's place is where the result goes.
                        drop(pop_below(frame!(), $base));
                        load!();
                        called!();
                        tick!();
                    }
                    Ok(call::Begun::Init(instance)) => {
                        drop(std::mem::replace(&mut *$base, instance));
                        load!();
                        called!();
                        attend!();
                    }
                    Ok(call::Begun::Signal(signal)) => {
                        drop(pop_below(frame!(), $base));
                        return signal;
                    }
                    Err(Raised(())) => return Signal::Raise,
                }
            };
        }
        // What a call that an instruction without caches began led to, its operands being dealt with: the result is
        // pushed.
        macro_rules! invoked {
            ($begun:expr) => {
                match $begun {
                    Ok(call::Begun::Done(value)) => {
                        push!(value);
                        attend!();
                    }
                    Ok(call::Begun::Frame) => {
                        load!();
                        called!();
                        tick!();
                    }
                    Ok(call::Begun::Init(instance)) => {
                        frame!().push(instance);
                        load!();
                        called!();
                        attend!();
                    }
                    Ok(call::Begun::Signal(signal)) => return signal,
                    Err(Raised(())) => return Signal::Raise,
                }
            };
        }
        macro_rules! event {
            ($event:expr) => {
                if observed {
                    save!();
                    transfer::tell(ctx, frame!(), $event);
                }
            };
        }

        // The frame on top goes on at the `yield` where it was suspended: with the value, and with the exception that it
        // was handling.
        macro_rules! receive {
            ($value:expr) => {{
                let value: Value = $value;
                let next = *ip;
                let at = if next as u8 == Op::YieldFrom as u8 { next } else { *ip.sub(1) };
                if at as u8 != Op::YieldValuePop as u8 {
                    push!(value);
                }
                if at >> 8 != 0 {
                    std::ptr::swap(&raw mut ctx.handled, slots.add(code.slot_count() + (at >> 8) as usize - 1));
                }
            }};
        }

        load!();
        loop {
            let word = *ip;
            ip = ip.add(1);
            match std::mem::transmute::<u8, Op>(word as u8) {
                Op::Nop => {
                    // It does nothing, but not with no code: an arm that is empty makes the head of the loop a loop of its
                    // own, for which the compiler then keeps `ip` in memory instead of a register.
                    frame!().flags.set(frame!().flags.get());
                }

                Op::LoadConst => push!((*consts.add(arg!(word) as usize)).clone()),
                Op::PopTop => release!(pop!()),
                Op::Copy => push!(top!(arg!(word) as usize).clone()),
                Op::Swap => std::ptr::swap(sp.sub(1), sp.sub(arg!(word) as usize)),
                Op::PushNull => push!(Value::EMPTY),

                Op::LoadFast => push!((*slots.add(arg!(word) as usize)).clone()),
                Op::LoadFastCheck => {
                    let value = (*slots.add(arg!(word) as usize)).clone();
                    if value.is_empty() {
                        save!();
                        check!(Err(ops::variable::unbound_local(ctx, code, arg!(word) as usize)));
                    }
                    push!(value);
                }
                Op::LoadFastAndClear => push!(std::mem::take(&mut *slots.add(arg!(word) as usize))),
                Op::StoreFast => {
                    let value = pop!();
                    release!(std::mem::replace(&mut *slots.add(arg!(word) as usize), value));
                }
                Op::DeleteFast => {
                    let slot = &mut *slots.add(arg!(word) as usize);
                    if slot.is_empty() {
                        save!();
                        check!(Err(ops::variable::unbound_local(ctx, code, arg!(word) as usize)));
                    }
                    release!(std::mem::take(slot));
                }
                Op::LoadFastLoadFast => {
                    push!((*slots.add(a!(word))).clone());
                    push!((*slots.add(b!(word))).clone());
                }
                Op::StoreFastLoadFast => {
                    let value = pop!();
                    let old = std::mem::replace(&mut *slots.add(a!(word)), value);
                    push!((*slots.add(b!(word))).clone());
                    release!(old);
                }
                Op::StoreFastStoreFast => {
                    let first = pop!();
                    let old = std::mem::replace(&mut *slots.add(a!(word)), first);
                    let second = pop!();
                    let older = std::mem::replace(&mut *slots.add(b!(word)), second);
                    release!(old);
                    release!(older);
                }
                Op::LoadFastLoadConst => {
                    push!((*slots.add(a!(word))).clone());
                    push!((*consts.add(b!(word))).clone());
                }
                Op::MakeCell => {
                    let slot = &mut *slots.add(arg!(word) as usize);
                    let value = std::mem::take(slot);
                    *slot = new_cell(value).into_value();
                }
                Op::LoadClosure => push!((*slots.add(arg!(word) as usize)).clone()),
                Op::LoadDeref => {
                    let cell = (*slots.add(arg!(word) as usize)).address().cast::<Obj<CellObject>>();
                    let value = cell.as_ref().content.get();
                    if value.is_empty() {
                        save!();
                        check!(Err(ops::variable::unbound_deref(ctx, code, arg!(word) as usize)));
                    }
                    push!(value);
                }
                Op::StoreDeref => {
                    let cell = (*slots.add(arg!(word) as usize)).address().cast::<Obj<CellObject>>();
                    let value = pop!();
                    release!(cell.as_ref().content.replace(value));
                }
                Op::DeleteDeref => {
                    let cell = (*slots.add(arg!(word) as usize)).address().cast::<Obj<CellObject>>();
                    let old = cell.as_ref().content.take();
                    if old.is_empty() {
                        save!();
                        check!(Err(ops::variable::unbound_deref(ctx, code, arg!(word) as usize)));
                    }
                    discard!(old);
                }
                Op::LoadFromDictOrDeref => {
                    let mapping = pop!();
                    save!();
                    let cell = (*slots.add(arg!(word) as usize)).clone();
                    let value =
                        check!(ops::variable::load_from_dict_or_deref(ctx, code, &mapping, &cell, arg!(word) as usize));
                    push!(value);
                }

                Op::LoadName => {
                    // Module code: the namespace is the globals, and the name is where it was last time.
                    if let Some(namespace) = exact::<Dict>(&*slots, EXACT_DICT)
                        && namespace.current_keys_version() == *ip
                    {
                        let second = *ip.add(1);
                        let dict: &Obj<Dict> = if second == 0 { namespace } else { &ctx.builtins };
                        if (second == 0 || dict.current_keys_version() == second)
                            && let Some(value) = (*dict.table_ptr()).value_at(*ip.add(2) as usize)
                        {
                            push!(value.clone());
                            ip = ip.add(3);
                            continue;
                        }
                    }
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let (value, cache) = check!(ops::variable::load_name(ctx, frame!(), name));
                    *ip = cache[0];
                    *ip.add(1) = cache[1];
                    *ip.add(2) = cache[2];
                    push!(value);
                    ip = ip.add(3);
                }
                Op::StoreName => {
                    if let Some(namespace) = exact::<Dict>(&*slots, EXACT_DICT)
                        && namespace.current_keys_version() == *ip
                        && (*namespace.table_ptr()).value_at(*ip.add(1) as usize).is_some()
                    {
                        let value = pop!();
                        let old = namespace.replace_value_at(*ip.add(1) as usize, value);
                        ip = ip.add(2);
                        release!(old);
                        continue;
                    }
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let value = top!(1).clone();
                    let cache = check!(ops::variable::store_name(ctx, &*slots, name, value));
                    *ip = cache[0];
                    *ip.add(1) = cache[1];
                    ip = ip.add(2);
                    discard!(pop!());
                }
                Op::DeleteName => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    check!(ops::variable::delete_name(ctx, &*slots, name));
                    attend!();
                }
                Op::LoadGlobal => {
                    load_global!();
                }
                Op::LoadGlobalNull => {
                    load_global!();
                    push!(Value::EMPTY);
                }
                Op::StoreGlobal => {
                    let func = (*frame!().func.as_ptr()).address().cast::<Obj<Function>>();
                    let globals = (*func.as_ref().globals.as_ptr()).address().cast::<Obj<Dict>>();
                    let name = &code.names[arg!(word) as usize];
                    let value = pop!();
                    globals.as_ref().set_str(name, value);
                    attend!();
                }
                Op::DeleteGlobal => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    check!(ops::variable::delete_global(ctx, frame!(), name));
                    attend!();
                }
                Op::LoadFromDictOrGlobals => {
                    let mapping = pop!();
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let value = check!(ops::variable::load_from_dict_or_globals(ctx, frame!(), &mapping, name));
                    push!(value);
                }
                Op::LoadLocals => push!((*slots).clone()),
                Op::LoadBuildClass => {
                    save!();
                    let value = check!(ops::variable::load_build_class(ctx));
                    push!(value);
                }
                Op::LoadAssertionError => push!(ctx.exceptions.AssertionError.value().clone()),
                Op::SetupAnnotations => {
                    save!();
                    check!(ops::variable::setup_annotations(ctx, &*slots));
                }

                Op::LoadAttr => {
                    let object = top!(1);
                    if let Some(header) = object.header()
                        && header.shape().to_bits() == *ip
                        && *ip.add(1) == *epoch
                        && has_inline_place(object, *ip.add(2))
                    {
                        let instance = object.address().cast::<Obj<Instance>>();
                        let base = instance.as_ptr().cast::<u8>().add(tail_offset::<Instance>()).cast::<Value>();
                        let value = &*base.add(*ip.add(2) as usize);
                        if !value.is_empty() {
                            sp.sub(1).write(value.clone());
                            ip = ip.add(4);
                            release_object!(instance.cast::<Header>());
                            continue;
                        }
                    }
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    match check!(ops::attribute::load(ctx, object, name, &mut *ip.cast())) {
                        ops::attribute::Loaded::Value(value) => {
                            let object = std::mem::replace(&mut *sp.sub(1), value);
                            ip = ip.add(4);
                            discard!(object);
                        }
                        ops::attribute::Loaded::Getter(getter) => {
                            // The getter of a property runs as the next frame; its result takes the object's place.
                            sp = sp.sub(1);
                            save!();
                            ctx.depth += 1;
                            let func = getter.address().cast::<Obj<Function>>();
                            let callee = (*func.as_ref().code.as_ptr()).address().cast::<Obj<Code>>();
                            let new = enter_frame(
                                SHAPE_FRAME,
                                getter,
                                callee.as_ref(),
                                sp,
                                1,
                                ctx.frame,
                                frame::flags::CALLED,
                            );
                            ctx.frame = new.expose_provenance();
                            load!();
                            event!(Event::Call);
                            attend!();
                        }
                    }
                }
                Op::LoadFastAttr => {
                    let object = &*slots.add(a!(word));
                    if let Some(header) = object.header()
                        && header.shape().to_bits() == *ip
                        && *ip.add(1) == *epoch
                        && has_inline_place(object, *ip.add(2))
                    {
                        let instance = object.address().cast::<Obj<Instance>>();
                        let base = instance.as_ptr().cast::<u8>().add(tail_offset::<Instance>()).cast::<Value>();
                        let value = &*base.add(*ip.add(2) as usize);
                        if !value.is_empty() {
                            push!(value.clone());
                            ip = ip.add(4);
                            continue;
                        }
                    }
                    if object.is_empty() {
                        save!();
                        check!(Err(ops::variable::unbound_local(ctx, code, a!(word))));
                    }
                    save!();
                    let name = &code.names[b!(word)];
                    let object = object.clone();
                    match check!(ops::attribute::load(ctx, &object, name, &mut *ip.cast())) {
                        ops::attribute::Loaded::Value(value) => {
                            push!(value);
                            ip = ip.add(4);
                            discard!(object);
                        }
                        ops::attribute::Loaded::Getter(getter) => {
                            ctx.depth += 1;
                            let func = getter.address().cast::<Obj<Function>>();
                            let callee = (*func.as_ref().code.as_ptr()).address().cast::<Obj<Code>>();
                            let args = std::mem::ManuallyDrop::new(object);
                            let new = enter_frame(
                                SHAPE_FRAME,
                                getter,
                                callee.as_ref(),
                                &raw const *args,
                                1,
                                ctx.frame,
                                frame::flags::CALLED,
                            );
                            ctx.frame = new.expose_provenance();
                            load!();
                            event!(Event::Call);
                            attend!();
                        }
                    }
                }
                Op::LoadMethod => {
                    let object = top!(1);
                    if let Some(header) = object.header()
                        && header.shape().to_bits() == *ip
                        && *ip.add(1) == *epoch
                    {
                        let method = ManuallyValue::from_words(*ip.add(2), *ip.add(3));
                        let object = std::mem::replace(&mut *sp.sub(1), method.copy());
                        push!(object);
                        ip = ip.add(4);
                        continue;
                    }
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let (callable, bound) = check!(ops::attribute::load_method(ctx, object, name, &mut *ip.cast()));
                    let object = std::mem::replace(&mut *sp.sub(1), callable);
                    if bound {
                        push!(object);
                    } else {
                        push!(Value::EMPTY);
                        drop(object);
                    }
                    ip = ip.add(4);
                    attend!();
                }
                Op::LoadFastMethod => {
                    let object = &*slots.add(a!(word));
                    if let Some(header) = object.header()
                        && header.shape().to_bits() == *ip
                        && *ip.add(1) == *epoch
                    {
                        let method = ManuallyValue::from_words(*ip.add(2), *ip.add(3));
                        push!(method.copy());
                        push!(object.clone());
                        ip = ip.add(4);
                        continue;
                    }
                    save!();
                    if object.is_empty() {
                        check!(Err(ops::variable::unbound_local(ctx, code, a!(word))));
                    }
                    let name = &code.names[b!(word)];
                    let object = object.clone();
                    let (callable, bound) = check!(ops::attribute::load_method(ctx, &object, name, &mut *ip.cast()));
                    push!(callable);
                    push!(if bound { object } else { Value::EMPTY });
                    ip = ip.add(4);
                    attend!();
                }
                Op::StoreAttr => {
                    let object = top!(1);
                    if let Some(header) = object.header()
                        && header.shape().to_bits() == *ip
                        && *ip.add(1) == *epoch
                        && has_inline_place(object, *ip.add(2))
                    {
                        let object = object.address();
                        let base = object.as_ptr().cast::<u8>().add(tail_offset::<Instance>()).cast::<Value>();
                        let place = base.add(*ip.add(2) as usize);
                        let next = *ip.add(3);
                        ip = ip.add(4);
                        if next != 0 {
                            object.as_ref().set_shape(ShapeId::from_bits(next));
                        }
                        sp = sp.sub(2);
                        let old = std::mem::replace(&mut *place, sp.read());
                        release_object!(object);
                        release!(old);
                        continue;
                    }
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let value = top!(2).clone();
                    check!(ops::attribute::store(ctx, object, name, value, &mut *ip.cast()));
                    ip = ip.add(4);
                    drop(pop!());
                    discard!(pop!());
                }
                Op::DeleteAttr => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let object = top!(1).clone();
                    check!(protocol::delete_attr(ctx, &object, name));
                    drop(object);
                    drop(pop!());
                    attend!();
                }
                Op::LoadSuperAttr => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let value = check!(ops::attribute::load_super(ctx, top!(3), top!(2), top!(1), name));
                    replace!(3, value);
                }
                Op::LoadSuperMethod => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let (callable, this) =
                        check!(ops::attribute::load_super_method(ctx, top!(3), top!(2), top!(1), name));
                    replace!(3, callable);
                    push!(this);
                }
                Op::BinarySubscr => {
                    let (container, key) = (top!(2), top!(1));
                    let value = match fast_subscript(container, key, ascii) {
                        Some(value) => value,
                        None => {
                            save!();
                            entered!(container, ops::special::enter_subscript(ctx, container, key));
                            check!(ops::subscript::load(ctx, container, key))
                        }
                    };
                    let key = pop!();
                    let container = std::mem::replace(&mut *sp.sub(1), value);
                    discard!(key);
                    discard!(container);
                }
                Op::SubscrLocalLocal => {
                    let (container, key) = (&*slots.add(a!(word)), &*slots.add(b!(word)));
                    let value = match fast_subscript(container, key, ascii) {
                        Some(value) => value,
                        None => {
                            save!();
                            if container.is_empty() || key.is_empty() {
                                let slot = if container.is_empty() { a!(word) } else { b!(word) };
                                check!(Err(ops::variable::unbound_local(ctx, code, slot)));
                            }
                            entered!(container, ops::special::enter_subscript(ctx, container, key));
                            let (container, key) = (container.clone(), key.clone());
                            check!(ops::subscript::load(ctx, &container, &key))
                        }
                    };
                    push!(value);
                }
                Op::SubscrLocalConst => {
                    let (container, key) = (&*slots.add(a!(word)), &*consts.add(b!(word)));
                    let value = match fast_subscript(container, key, ascii) {
                        Some(value) => value,
                        None => {
                            save!();
                            if container.is_empty() {
                                check!(Err(ops::variable::unbound_local(ctx, code, a!(word))));
                            }
                            entered!(container, ops::special::enter_subscript(ctx, container, key));
                            let container = container.clone();
                            check!(ops::subscript::load(ctx, &container, key))
                        }
                    };
                    push!(value);
                }
                Op::SubscrStackConst => {
                    let (container, key) = (top!(1), &*consts.add(b!(word)));
                    let value = match fast_subscript(container, key, ascii) {
                        Some(value) => value,
                        None => {
                            save!();
                            entered!(container, ops::special::enter_subscript(ctx, container, key));
                            check!(ops::subscript::load(ctx, container, key))
                        }
                    };
                    let container = std::mem::replace(&mut *sp.sub(1), value);
                    discard!(container);
                }
                Op::StoreSubscr => {
                    let (container, key) = (top!(2), top!(1));
                    if let (Some(target), Some(index)) = (exact::<List>(container, EXACT_LIST), key.as_small_int()) {
                        let items = &mut *target.items.as_ptr();
                        let index = if index < 0 { index + items.len() as i64 } else { index };
                        if let Some(place) = items.get_mut(index as usize) {
                            sp = sp.sub(1);
                            let container = pop!();
                            let value = pop!();
                            let old = std::mem::replace(place, value);
                            release!(container);
                            release!(old);
                            continue;
                        }
                    }
                    save!();
                    entered!(container, ops::special::enter_store(ctx, container, key, top!(3)));
                    let value = top!(3).clone();
                    check!(ops::subscript::store(ctx, container, key, value));
                    drop(pop!());
                    drop(pop!());
                    discard!(pop!());
                }
                Op::DeleteSubscr => {
                    save!();
                    check!(protocol::delete_item(ctx, top!(2), top!(1)));
                    drop(pop!());
                    discard!(pop!());
                }
                Op::BuildSlice => {
                    let step = if arg!(word) == 3 { pop!() } else { Value::NONE };
                    let stop = pop!();
                    let start = pop!();
                    push!(slice::new_slice(start, stop, step).into_value());
                }

                Op::UnaryNegative => {
                    let value = match top!(1).as_small_int() {
                        Some(i) => int::from_i64(-i),
                        None => {
                            save!();
                            check!(protocol::unary_op(ctx, UnaryOperator::Negative, top!(1)))
                        }
                    };
                    replace!(1, value);
                }
                Op::UnaryPositive => {
                    save!();
                    let value = check!(protocol::unary_op(ctx, UnaryOperator::Positive, top!(1)));
                    replace!(1, value);
                }
                Op::UnaryInvert => {
                    save!();
                    let value = check!(protocol::unary_op(ctx, UnaryOperator::Invert, top!(1)));
                    replace!(1, value);
                }
                Op::UnaryNot => {
                    let answer = truth!(top!(1));
                    let old = std::mem::replace(&mut *sp.sub(1), Value::bool(!answer));
                    discard!(old);
                }
                Op::BinaryAdd => stack_binary!(ADD, BinaryOperator::Add),
                Op::BinarySubtract => stack_binary!(SUBTRACT, BinaryOperator::Subtract),
                Op::BinaryMultiply => stack_binary!(MULTIPLY, BinaryOperator::Multiply),
                Op::BinaryOp => {
                    let number = arg!(word);
                    let plain =
                        (if number < BinaryOperator::COUNT { number } else { number - BinaryOperator::COUNT }) as u8;
                    let value = match fast_binary(plain, top!(2), top!(1)) {
                        Some(value) => {
                            sp = sp.sub(2);
                            push!(value);
                            continue;
                        }
                        None if plain == ADD
                            && top!(2).header().is_some_and(|h| h.shape() == EXACT_STR && h.count() <= 2)
                            && top!(1).header().is_some_and(|h| h.shape() == EXACT_STR) =>
                        {
                            // `s += t`: when the variable that the result is stored to holds the only other
                            // reference, the text grows in place.
                            let right = pop!();
                            let left = pop!();
                            let value = append_in_place(ctx, left, &right, ip, slots);
                            release!(right);
                            push!(check!(value));
                            continue;
                        }
                        None => {
                            save!();
                            let op = operator(number);
                            entered!(top!(2), ops::special::enter_binary(ctx, op, top!(2), top!(1)));
                            check!(ops::operator::binary(ctx, op, top!(2), top!(1)))
                        }
                    };
                    replace!(2, value);
                    attend!();
                }
                Op::BinaryLocalLocal => {
                    let operator_word = *ip;
                    let (x, y) = (&*slots.add(a!(word)), &*slots.add(b!(word)));
                    let value = match fast_binary(plain!(operator_word), x, y) {
                        Some(value) => value,
                        None => {
                            save!();
                            if x.is_empty() || y.is_empty() {
                                let slot = if x.is_empty() { a!(word) } else { b!(word) };
                                check!(Err(ops::variable::unbound_local(ctx, code, slot)));
                            }
                            entered!(x, ops::special::enter_binary(ctx, operator(operator_word), x, y));
                            check!(ops::operator::binary_held(ctx, operator(operator_word), x, y))
                        }
                    };
                    push!(value);
                    ip = ip.add(1);
                }
                Op::BinaryLocalConst => {
                    let operator_word = *ip;
                    let (x, y) = (&*slots.add(a!(word)), &*consts.add(b!(word)));
                    let value = match fast_binary(plain!(operator_word), x, y) {
                        Some(value) => value,
                        None => {
                            save!();
                            if x.is_empty() {
                                check!(Err(ops::variable::unbound_local(ctx, code, a!(word))));
                            }
                            entered!(x, ops::special::enter_binary(ctx, operator(operator_word), x, y));
                            check!(ops::operator::binary_held(ctx, operator(operator_word), x, y))
                        }
                    };
                    push!(value);
                    ip = ip.add(1);
                }
                Op::BinaryStackLocal => {
                    let operator_word = *ip;
                    let (x, y) = (top!(1), &*slots.add(b!(word)));
                    match fast_binary(plain!(operator_word), x, y) {
                        Some(value) => sp.sub(1).write(value),
                        None => {
                            save!();
                            if y.is_empty() {
                                check!(Err(ops::variable::unbound_local(ctx, code, b!(word))));
                            }
                            entered!(x, ops::special::enter_binary(ctx, operator(operator_word), x, y));
                            let value = check!(ops::operator::binary_held(ctx, operator(operator_word), x, y));
                            replace!(1, value);
                        }
                    }
                    ip = ip.add(1);
                }
                Op::BinaryStackConst => {
                    let operator_word = *ip;
                    let (x, y) = (top!(1), &*consts.add(b!(word)));
                    match fast_binary(plain!(operator_word), x, y) {
                        Some(value) => sp.sub(1).write(value),
                        None => {
                            save!();
                            entered!(x, ops::special::enter_binary(ctx, operator(operator_word), x, y));
                            let value = check!(ops::operator::binary(ctx, operator(operator_word), x, y));
                            replace!(1, value);
                        }
                    }
                    ip = ip.add(1);
                }
                Op::InplaceLocalConst => {
                    let operator_word = *ip;
                    let slot = slots.add(a!(word));
                    let y = &*consts.add(b!(word));
                    match fast_binary(plain!(operator_word), &*slot, y) {
                        Some(value) => {
                            ip = ip.add(1);
                            // What the operator took is a number, whose end is nothing.
                            slot.write(value);
                        }
                        None => {
                            save!();
                            if (*slot).is_empty() {
                                check!(Err(ops::variable::unbound_local(ctx, code, a!(word))));
                            }
                            entered!((*slot), ops::special::enter_binary(ctx, operator(operator_word), &*slot, y));
                            let value =
                                check!(ops::operator::binary_in_slot(ctx, operator(operator_word), &mut *slot, y));
                            ip = ip.add(1);
                            discard!(std::mem::replace(&mut *slot, value));
                        }
                    }
                }
                Op::InplaceLocalLocal => {
                    let operator_word = *ip;
                    let slot = slots.add(a!(word));
                    let y = &*slots.add(b!(word));
                    match fast_binary(plain!(operator_word), &*slot, y) {
                        Some(value) => {
                            ip = ip.add(1);
                            slot.write(value);
                        }
                        None => {
                            save!();
                            if (*slot).is_empty() || y.is_empty() {
                                let unbound = if (*slot).is_empty() { a!(word) } else { b!(word) };
                                check!(Err(ops::variable::unbound_local(ctx, code, unbound)));
                            }
                            entered!((*slot), ops::special::enter_binary(ctx, operator(operator_word), &*slot, y));
                            let y = y.clone();
                            let value =
                                check!(ops::operator::binary_in_slot(ctx, operator(operator_word), &mut *slot, &y));
                            ip = ip.add(1);
                            discard!(std::mem::replace(&mut *slot, value));
                        }
                    }
                }
                Op::CompareOp => {
                    let op = comparison(arg!(word));
                    let value = match outcome(top!(2), top!(1)) {
                        Some(bit) => {
                            let holds = HOLDS[(arg!(word) as usize).min(HOLDS.len() - 1)];
                            sp = sp.sub(2);
                            push!(Value::bool(holds >> bit & 1 != 0));
                            continue;
                        }
                        None => {
                            save!();
                            entered!(top!(2), ops::special::enter_comparison(ctx, op, top!(2), top!(1)));
                            check!(ops::operator::compare(ctx, op, top!(2), top!(1)))
                        }
                    };
                    replace!(2, value);
                    attend!();
                }
                Op::CompareLocalLocalJump => {
                    let (x, y) = (&*slots.add(a!(word)), &*slots.add(b!(word)));
                    compare_and_jump!(
                        x,
                        y,
                        |op| {
                            if x.is_empty() || y.is_empty() {
                                let slot = if x.is_empty() { a!(word) } else { b!(word) };
                                check!(Err(ops::variable::unbound_local(ctx, code, slot)));
                            }
                            check!(ops::operator::compare_truth_held(ctx, op, x, y))
                        },
                        {}
                    );
                }
                Op::CompareLocalConstJump => {
                    let (x, y) = (&*slots.add(a!(word)), &*consts.add(b!(word)));
                    compare_and_jump!(
                        x,
                        y,
                        |op| {
                            if x.is_empty() {
                                check!(Err(ops::variable::unbound_local(ctx, code, a!(word))));
                            }
                            check!(ops::operator::compare_truth_held(ctx, op, x, y))
                        },
                        {}
                    );
                }
                Op::CompareJump => {
                    compare_and_jump!(
                        top!(2),
                        top!(1),
                        |op| check!(ops::operator::compare_truth(ctx, op, top!(2), top!(1))),
                        {
                            drop(pop!());
                            discard!(pop!());
                        }
                    );
                }
                Op::CompareStackConstJump => {
                    let y = &*consts.add(b!(word));
                    compare_and_jump!(
                        top!(1),
                        y,
                        |op| check!(ops::operator::compare_truth(ctx, op, top!(1), y)),
                        discard!(pop!())
                    );
                }
                Op::IsOp => {
                    let y = pop!();
                    let x = pop!();
                    push!(Value::bool(x.is(&y) != (arg!(word) == 1)));
                    release!(x);
                    release!(y);
                }
                Op::ContainsOp => {
                    save!();
                    entered!(top!(1), ops::special::enter_contains(ctx, top!(1), top!(2)));
                    let found = check!(ops::subscript::contains(ctx, top!(1), top!(2)));
                    replace!(2, Value::bool(found != (arg!(word) == 1)));
                    attend!();
                }

                Op::Jump => jump!(arg!(word)),
                Op::JumpBackward => {
                    let bits = (*attention_word).load(Ordering::Relaxed);
                    if bits != 0 {
                        // Before the jump: what is raised here is raised inside the loop.
                        attend!();
                        jump!(arg!(word));
                        count!(bits);
                        continue;
                    }
                    jump!(arg!(word));
                }
                Op::PopJumpIfFalse => {
                    let answer = truth!(top!(1));
                    discard!(pop!());
                    if !answer {
                        jump!(arg!(word));
                    }
                }
                Op::PopJumpIfTrue => {
                    let answer = truth!(top!(1));
                    discard!(pop!());
                    if answer {
                        jump!(arg!(word));
                    }
                }
                Op::PopJumpIfNone => {
                    let value = pop!();
                    if value.is_none() {
                        jump!(arg!(word));
                    }
                    release!(value);
                }
                Op::PopJumpIfNotNone => {
                    let value = pop!();
                    if !value.is_none() {
                        jump!(arg!(word));
                    }
                    release!(value);
                }
                Op::JumpIfFalseOrPop => {
                    let answer = truth!(top!(1));
                    if answer {
                        discard!(pop!());
                    } else {
                        jump!(arg!(word));
                    }
                }
                Op::JumpIfTrueOrPop => {
                    let answer = truth!(top!(1));
                    if answer {
                        jump!(arg!(word));
                    } else {
                        discard!(pop!());
                    }
                }

                Op::GetIter => {
                    save!();
                    let iterator = check!(protocol::iter(ctx, top!(1)));
                    replace!(1, iterator);
                }
                Op::ForIter | Op::ForIterStoreFast => {
                    let store = word as u8 == Op::ForIterStoreFast as u8;
                    let target = if store { *ip } else { arg!(word) };
                    let iterator = top!(1);
                    let item = match iterator.header() {
                        Some(header) if header.shape() == EXACT_LIST_ITER => {
                            list::next_item(iterator.address().cast::<Obj<ListIter>>().as_ref())
                        }
                        Some(header) if header.shape() == EXACT_RANGE_ITER => {
                            crate::objects::range::next_number(iterator.address().cast::<Obj<RangeIter>>().as_ref())
                        }
                        Some(header) if header.shape() == EXACT_TUPLE_ITER => {
                            tuple::next_item(iterator.address().cast::<Obj<TupleIter>>().as_ref())
                        }
                        Some(header) if header.shape() == SHAPE_GENERATOR => {
                            save!();
                            let generator = iterator.address().cast::<Obj<Frame>>();
                            let created = generator.as_ref().state.get() == State::Created;
                            if resume_quickly(ctx, generator.as_ref()) {
                                load!();
                                if !created {
                                    receive!(Value::NONE);
                                }
                                event!(Event::Resume);
                                attend!();
                                continue;
                            }
                            match resume::enter(ctx, generator.as_ref(), Value::NONE) {
                                Ok(true) => {
                                    load!();
                                    event!(Event::Resume);
                                    attend!();
                                    continue;
                                }
                                Ok(false) => None,
                                Err(Raised(())) => return Signal::Raise,
                            }
                        }
                        _ if *ip == UNPACK_PAIR && !store && next_pair(iterator, sp) => {
                            // A pair that is taken apart at once is never made.
                            let next = *ip.add(1);
                            if next as u8 == Op::StoreFastStoreFast as u8 {
                                // The usual two loop variables get its halves from here.
                                ip = ip.add(2);
                                let old = std::mem::replace(&mut *slots.add(a!(next)), sp.add(1).read());
                                let older = std::mem::replace(&mut *slots.add(b!(next)), sp.read());
                                release!(old);
                                release!(older);
                                continue;
                            }
                            sp = sp.add(2);
                            ip = ip.add(1);
                            continue;
                        }
                        _ => {
                            save!();
                            match ops::iteration::advance(ctx, iterator, *ip == UNPACK_PAIR && !store) {
                                Ok(Advanced::Item(item)) => Some(item),
                                Ok(Advanced::Pair(first, second)) => {
                                    push!(second);
                                    push!(first);
                                    ip = ip.add(1);
                                    continue;
                                }
                                Ok(Advanced::End) => None,
                                Ok(Advanced::Entered) => {
                                    load!();
                                    tick!();
                                    continue;
                                }
                                Ok(Advanced::Started) => return Signal::Start,
                                Err(Raised(())) => return Signal::Raise,
                            }
                        }
                    };
                    match item {
                        Some(item) if store => {
                            ip = ip.add(1);
                            discard!(std::mem::replace(&mut *slots.add(arg!(word) as usize), item));
                        }
                        Some(item) => push!(item),
                        None => {
                            jump!(target);
                            discard!(pop!());
                        }
                    }
                }
                Op::GetYieldFromIter => {
                    save!();
                    let iterator = check!(ops::suspension::yield_from_iter(ctx, code, top!(1)));
                    replace!(1, iterator);
                }
                Op::GetAiter => {
                    save!();
                    let iterator = check!(ops::suspension::get_aiter(ctx, top!(1)));
                    replace!(1, iterator);
                }
                Op::GetAnext => {
                    if let Some(header) = top!(1).header()
                        && header.shape() == SHAPE_ASYNC_GENERATOR
                        && let Some(awaitable) = suspension::next_again(ctx, top!(1))
                    {
                        push!(awaitable);
                        continue;
                    }
                    save!();
                    let awaitable = check!(ops::suspension::get_anext(ctx, top!(1)));
                    push!(awaitable);
                }
                Op::EndAsyncFor => {
                    save!();
                    let exception = pop!();
                    if ops::suspension::is_stop_async_iteration(ctx, &exception) {
                        drop(exception);
                        discard!(pop!());
                    } else {
                        ctx.raised = exception;
                        save!();
                        return Signal::Reraise;
                    }
                }
                Op::GetAwaitable => {
                    if let Some(header) = top!(1).header()
                        && header.shape() == SHAPE_COROUTINE
                        && top!(1).address().cast::<Obj<Frame>>().as_ref().state.get() == State::Created
                    {
                        // A new coroutine is its own iterator.
                        continue;
                    }
                    save!();
                    let iterator = check!(ops::suspension::get_awaitable(ctx, top!(1), arg!(word)));
                    replace!(1, iterator);
                }

                Op::YieldValue | Op::AsyncGenYield | Op::YieldValuePop => {
                    let mut value = pop!();
                    let slot = arg!(word);
                    let receiver = frame!().prev.get();
                    if slot == 0
                        && word as u8 != Op::AsyncGenYield as u8
                        && receiver & PREV_BITS == 0
                        && !observed
                        && let Some(header) = frame::header_at(receiver)
                        && header.kind() == Kind::NativeFrame
                    {
                        let native = &*std::ptr::with_exposed_provenance::<Obj<NativeFrame>>(receiver);
                        if let Some(sink) = native.sink.get() {
                            // `sum`, `list` and their like take what they can without stopping the generator.
                            match sink(native, value) {
                                Some(back) => value = back,
                                None => {
                                    let bits = (*attention_word).load(Ordering::Relaxed);
                                    if word as u8 == Op::YieldValue as u8 {
                                        push!(Value::NONE);
                                    } else if bits == 0 && *ip as u8 == Op::JumpBackward as u8 {
                                        // The end of the loop of a generator expression.
                                        jump!(arg!(*ip));
                                        continue;
                                    }
                                    attend!();
                                    continue;
                                }
                            }
                        }
                    }
                    save!();
                    event!(Event::Yield(&value));
                    if slot != 0 {
                        std::ptr::swap(&raw mut ctx.handled, slots.add(code.slot_count() + slot as usize - 1));
                    }
                    let value = if word as u8 == Op::AsyncGenYield as u8 {
                        resume::wrap_async_item(ctx, frame!(), value)
                    } else {
                        value
                    };
                    let (receiver, root) = suspend_quickly(ctx, frame!());
                    if receiver & PREV_BITS == 0
                        && let Some(header) = frame::header_at(receiver)
                        && header.kind() == Kind::Frame
                    {
                        // The common receivers: a `for` loop, and the call of `next` or `send`.
                        load!();
                        let waiting = *ip.sub(1);
                        match std::mem::transmute::<u8, Op>(waiting as u8) {
                            Op::ForIter => {
                                push!(value);
                                release_root(root);
                                continue;
                            }
                            Op::ForIterStoreFast => {
                                ip = ip.add(1);
                                release_root(root);
                                release!(std::mem::replace(&mut *slots.add(arg!(waiting) as usize), value));
                                continue;
                            }
                            Op::Call => {
                                ip = ip.add(2);
                                push!(value);
                                release_root(root);
                                attend!();
                                continue;
                            }
                            Op::YieldFrom if word as u8 == Op::AsyncGenYield as u8 => {
                                // An asynchronous generator gives an item to the one who awaits its `asend`.
                                let awaited = pop!();
                                push!(value);
                                if let Some(asend) = awaited.downcast_ref::<Suspension>() {
                                    suspension::yielded_to_asend(asend, root.cast::<Obj<Frame>>().as_ref());
                                }
                                release_root(root);
                                let left = suspension::keep_for_next(ctx, awaited);
                                discard!(left);
                                continue;
                            }
                            _ => {
                                release_root(root);
                                return Signal::Item(value);
                            }
                        }
                    }
                    if receiver & PREV_BITS == 0
                        && let Some(native) = frame::native_at(receiver)
                    {
                        // A native frame (`sum`, `list`, ...) most likely wants the next item of a generator.
                        let action = (native.step)(ctx, &native, Input::Value(value));
                        release_root(root);
                        if let Ok(Action::Next(iterator)) = &action
                            && let Some(header) = iterator.header()
                            && header.shape() == SHAPE_GENERATOR
                        {
                            let generator = iterator.address().cast::<Obj<Frame>>().as_ref();
                            let created = generator.state.get() == State::Created;
                            if resume_quickly(ctx, generator) {
                                drop(action);
                                load!();
                                if !created {
                                    receive!(Value::NONE);
                                }
                                event!(Event::Resume);
                                attend!();
                                continue;
                            }
                        }
                        // The event loop most likely wants to resume the coroutine of the next task.
                        if let Ok(Action::Send(coroutine, sent)) = &action
                            && sent.is_none()
                            && let Some(header) = coroutine.header()
                            && header.kind() == Kind::Frame
                        {
                            let coroutine = coroutine.address().cast::<Obj<Frame>>().as_ref();
                            let created = coroutine.state.get() == State::Created;
                            if resume_quickly(ctx, coroutine) {
                                drop(action);
                                load!();
                                if !created {
                                    receive!(Value::NONE);
                                }
                                event!(Event::Resume);
                                attend!();
                                continue;
                            }
                        }
                        match transfer::act(ctx, &native, action) {
                            Signal::Enter => {
                                load!();
                                attend!();
                                continue;
                            }
                            signal => return signal,
                        }
                    }
                    release_root(root);
                    return transfer::leave(ctx, receiver, Signal::Item(value));
                }
                Op::YieldFrom => {
                    let sub = top!(2);
                    if let Some(header) = sub.header()
                        && (header.shape() == SHAPE_GENERATOR || header.shape() == SHAPE_COROUTINE)
                        && frame!().is_suspendable()
                    {
                        let sub = sub.address().cast::<Obj<Frame>>();
                        let sent = pop!();
                        ip = ip.sub(1);
                        save!();
                        event!(Event::Delegate(&*sp.sub(1)));
                        let created = sub.as_ref().state.get() == State::Created;
                        if arg!(word) == 0
                            && (!created || sent.is_none())
                            && delegate_quickly(ctx, frame!(), sub.as_ref())
                        {
                            load!();
                            if !created {
                                receive!(sent);
                            }
                            event!(Event::Resume);
                            attend!();
                            continue;
                        }
                        // A frame inside `except` must see every yield, to give back the handled exception.
                        let began = if arg!(word) == 0 {
                            resume::delegate(ctx, frame!(), sub.as_ref(), sent)
                        } else {
                            Ok(resume::Delegation::OneLevel(sent))
                        };
                        match began {
                            Ok(resume::Delegation::Entered) => {
                                load!();
                                event!(Event::Resume);
                                attend!();
                                continue;
                            }
                            Ok(resume::Delegation::OneLevel(sent)) => {
                                // Resume it from here, one level down.
                                ip = ip.add(1);
                                save!();
                                match resume::enter(ctx, sub.as_ref(), sent) {
                                    Ok(true) => {
                                        load!();
                                        event!(Event::Resume);
                                        continue;
                                    }
                                    Ok(false) => {
                                        discard!(std::mem::replace(&mut *sp.sub(1), Value::NONE));
                                        continue;
                                    }
                                    Err(Raised(())) => return Signal::Raise,
                                }
                            }
                            Ok(resume::Delegation::Finished) => {
                                ip = ip.add(1);
                                event!(Event::Rejoin(&*sp.sub(1)));
                                discard!(std::mem::replace(&mut *sp.sub(1), Value::NONE));
                                continue;
                            }
                            Err(Raised(())) => {
                                frame!().ip.set(frame!().ip.get() + 1);
                                return Signal::Raise;
                            }
                        }
                    }
                    let sent = pop!();
                    save!();
                    if let Some(asend) = top!(1).downcast_ref::<Suspension>()
                        && asend.role == suspension::Role::Asend
                    {
                        if let Some(generator) = suspension::ready_generator(asend, &sent)
                            && resume_quickly(ctx, &generator)
                        {
                            let value = suspension::begin_quickly(asend, &generator, sent);
                            load!();
                            receive!(value);
                            event!(Event::Resume);
                            attend!();
                            continue;
                        }
                        check!(ops::suspension::enter_asend(ctx, asend, sent));
                        load!();
                        event!(Event::Resume);
                        attend!();
                        continue;
                    }
                    match ops::suspension::send_one_level(ctx, top!(1), sent) {
                        Ok(ops::suspension::Sent::Yielded(value)) => return Signal::Item(value),
                        Ok(ops::suspension::Sent::Returned(value)) => {
                            event!(Event::Rejoin(&*sp.sub(1)));
                            discard!(std::mem::replace(&mut *sp.sub(1), value));
                        }
                        Err(Raised(())) => return Signal::Raise,
                    }
                }

                Op::Call => {
                    let count = arg!(word) as usize;
                    let base = sp.sub(count + 2);
                    if let Some(header) = (*base).header() {
                        let this = base.add(1);
                        let with_self = !(*this).is_empty() as usize;
                        if header.shape() == EXACT_FUNCTION {
                            let func = (*base).address().cast::<Obj<Function>>();
                            let callee = (*func.as_ref().code.as_ptr()).address().cast::<Obj<Code>>();
                            let callee = callee.as_ref();
                            let given = count + with_self;
                            if callee.direct_arg_count as usize == given && ctx.depth < ctx.recursion_limit {
                                sp = base;
                                save!();
                                ctx.depth += 1;
                                let args = this.add(1 - with_self);
                                let prev = (frame!() as *const Obj<Frame>).addr();
                                let flags = frame::flags::CALLED;
                                let new = enter_frame(SHAPE_FRAME, base.read(), callee, args, given, prev, flags);
                                ctx.frame = new.expose_provenance();
                                code = callee;
                                instructions = code.instructions.as_ptr().cast_mut().cast::<u32>();
                                consts = code.consts.as_ptr();
                                slots = std::ptr::with_exposed_provenance_mut::<u8>(ctx.frame)
                                    .add(tail_offset::<Frame>())
                                    .cast::<Value>();
                                ip = instructions;
                                sp = slots.add(code.slot_count());
                                event!(Event::Call);
                                tick!();
                                continue;
                            }
                            if callee.direct_arg_count == u32::MAX
                                && callee.simple_arg_count as usize == given
                                && !observed
                                && ctx.coroutine_origin_depth == 0
                            {
                                // A generator or coroutine function: the call makes its frame, which is the result.
                                let args = this.add(1 - with_self);
                                let shape = resume::shape_for(callee.flags);
                                let new = enter_frame(shape, base.read(), callee, args, given, 0, 0);
                                let address = std::ptr::NonNull::new_unchecked(new.cast_mut()).cast::<Header>();
                                sp = base;
                                push!(Value::from_address(address));
                                ip = ip.add(2);
                                continue;
                            }
                            if !observed
                                && ctx.coroutine_origin_depth == 0
                                && ctx.depth < ctx.recursion_limit
                                && let Some((rest, first)) = func.as_ref().rest_after(callee, given)
                            {
                                // As above, and the other parameters get their defaults.
                                let args = this.add(1 - with_self);
                                let prev = (frame!() as *const Obj<Frame>).addr();
                                let is_call = callee.flags & bind::SUSPENDABLE == 0;
                                let (shape, prev, flags) = match is_call {
                                    true => (SHAPE_FRAME, prev, frame::flags::CALLED),
                                    false => (resume::shape_for(callee.flags), 0, 0),
                                };
                                sp = base;
                                if is_call {
                                    save!();
                                }
                                let new = enter_frame(shape, base.read(), callee, args, given, prev, flags);
                                if let Some(rest) = rest.downcast_ref::<Tuple>() {
                                    for (slot, value) in (*new).tail()[given..].iter().zip(&rest.items()[first..]) {
                                        slot.set(value.clone());
                                    }
                                }
                                drop(rest);
                                if is_call {
                                    ctx.depth += 1;
                                    ctx.frame = new.expose_provenance();
                                    load!();
                                    tick!();
                                } else {
                                    let address = std::ptr::NonNull::new_unchecked(new.cast_mut()).cast::<Header>();
                                    push!(Value::from_address(address));
                                    ip = ip.add(2);
                                }
                                continue;
                            }
                        } else {
                            if header.kind() == Kind::Native {
                                let native = (*base).address().cast::<Obj<Native>>();
                                let native = native.as_ref();
                                let first = this.add(1 - with_self);
                                let total = count + with_self;
                                if usize::from(native.def.direct) == total
                                    && native.this.is_empty()
                                    && (native.def.role == Role::Function
                                        || total > 0 && (*first).header().is_some_and(|header| native.owns(header)))
                                    && let NativeCode::Leaf(leaf) = native.def.code
                                {
                                    save!();
                                    let value = check!(leaf(ctx, std::slice::from_raw_parts(first, total)));
                                    while sp > first {
                                        drop(pop!());
                                    }
                                    sp = base;
                                    drop(sp.read());
                                    push!(value);
                                    ip = ip.add(2);
                                    attend!();
                                    continue;
                                }
                            }
                            if header.shape() == EXACT_METHOD && with_self == 0 {
                                // Taken apart, and called once more as a function and its self.
                                let method = (*base).address().cast::<Obj<BoundMethod>>();
                                let (func, object) = (method.as_ref().func.get(), method.as_ref().this.get());
                                this.write(object);
                                drop(std::mem::replace(&mut *base, func));
                                ip = ip.sub(1);
                                continue;
                            }
                            if header.kind() == Kind::Class {
                                let class = (*base).address().cast::<Obj<Class>>();
                                let class = class.as_ref();
                                if with_self == 0
                                    && class.instance_shape.get().to_bits() == *ip
                                    && *ip.add(1) == *epoch
                                    && ctx.depth < ctx.recursion_limit
                                    && let init = ManuallyValue::from_bits(class.direct_init.get()).copy()
                                    && ops::function::takes_directly(&init, count + 1)
                                {
                                    // The cache says: plain instances, and an `__init__` in Python that takes exactly
                                    // these arguments; the class knows which.
                                    let instance = new_instance(class).into_value();
                                    this.write(instance.clone());
                                    drop(std::mem::replace(&mut *base, instance));
                                    sp = this;
                                    save!();
                                    ctx.depth += 1;
                                    let func = init.address().cast::<Obj<Function>>();
                                    let callee = (*func.as_ref().code.as_ptr()).address().cast::<Obj<Code>>();
                                    let new = enter_frame(
                                        SHAPE_FRAME,
                                        init,
                                        callee.as_ref(),
                                        this,
                                        count + 1,
                                        ctx.frame,
                                        frame::flags::CALLED | frame::flags::RESULT_IS_SELF,
                                    );
                                    ctx.frame = new.expose_provenance();
                                    load!();
                                    event!(Event::Call);
                                    attend!();
                                    continue;
                                }
                                if with_self == 0
                                    && class.has_flag(flags::USER)
                                    && instantiate::has_direct_init(ctx, &*base, count)
                                {
                                    *ip = class.instance_shape.get().to_bits();
                                    *ip.add(1) = *epoch;
                                } else if with_self == 0 {
                                    // The class goes in front of the arguments, and has no other reference to lose.
                                    this.write((*base).clone());
                                    let args = std::slice::from_raw_parts(this, count + 1);
                                    save!();
                                    if let Some(value) = check!(construct::at_once(ctx, class, args)) {
                                        for _ in 0..count {
                                            drop(pop!());
                                        }
                                        replace!(2, value);
                                        ip = ip.add(2);
                                        attend!();
                                        continue;
                                    }
                                    drop(std::mem::replace(&mut *this, Value::EMPTY));
                                }
                            } else if header.kind() == Kind::Native {
                                let native = (*base).address().cast::<Obj<Native>>();
                                let native = native.as_ref();
                                let def = native.def;
                                let bound = !native.this.is_empty();
                                // A bound method: its self goes to the place before the arguments.
                                let (first, total) = if bound {
                                    (this, count + 1)
                                } else {
                                    (this.add(1 - with_self), count + with_self)
                                };
                                let open =
                                    !bound || matches!(def.role, Role::Method | Role::ClassMethod) && with_self == 0;
                                if def.resumes && open && total > 0 && total <= 2 {
                                    // `next(g)`, `g.send(x)`: the generator goes on in place of the call.
                                    let target = if bound { &*native.this.as_ptr() } else { &*first };
                                    if let Some(header) = target.header()
                                        && (header.shape() == SHAPE_GENERATOR || header.shape() == SHAPE_COROUTINE)
                                        && (bound
                                            || if def.role == Role::Function {
                                                total == 1 && header.shape() == SHAPE_GENERATOR
                                            } else {
                                                def.arity.max as usize == total && native.owns(header)
                                            })
                                    {
                                        let generator = target.address().cast::<Obj<Frame>>().as_ref();
                                        let created = generator.state.get() == State::Created;
                                        if total == 1 || !created || (*sp.sub(1)).is_none() {
                                            let top = sp;
                                            sp = base;
                                            save!();
                                            if resume_quickly(ctx, generator) {
                                                let value = if total == 2 { top.sub(1).read() } else { Value::NONE };
                                                // The chain keeps the generator alive.
                                                drop(base.read());
                                                if !bound {
                                                    drop(first.read());
                                                }
                                                load!();
                                                event!(if value.is_none() {
                                                    Event::Resume
                                                } else {
                                                    Event::Send(&value)
                                                });
                                                if !created {
                                                    receive!(value);
                                                }
                                                attend!();
                                                continue;
                                            }
                                            sp = top;
                                        }
                                    }
                                }
                                let parameters = def.arity.max as usize;
                                let fits = def.arity.takes(total);
                                // What hands its call on needs no dict for keyword arguments that are not there.
                                let gathers = !fits
                                    && def.arity.gathers(total)
                                    && (!def.arity.varkeywords || matches!(def.code, NativeCode::Control(_)));
                                if open
                                    && !matches!(def.code, NativeCode::Step(_))
                                    && (fits || gathers)
                                    && (bound
                                        || def.role == Role::Function
                                        || def.role == Role::Method && native.accepts_self(&*first))
                                {
                                    if bound {
                                        this.write(native.this.get());
                                    }
                                    match def.code {
                                        NativeCode::Leaf(leaf) => {
                                            save!();
                                            let value = if gathers {
                                                call_gathered(ctx, first, total, def, leaf)
                                            } else if parameters == total {
                                                leaf(ctx, std::slice::from_raw_parts(first, total))
                                            } else {
                                                call_padded(ctx, first, total, parameters, leaf)
                                            };
                                            let value = check!(value);
                                            while sp > base {
                                                drop(pop!());
                                            }
                                            push!(value);
                                            ip = ip.add(2);
                                            attend!();
                                            continue;
                                        }
                                        NativeCode::Control(transfer) => {
                                            save!();
                                            let control = if gathers {
                                                call_gathered(ctx, first, total, def, transfer)
                                            } else if parameters == total {
                                                transfer(ctx, std::slice::from_raw_parts(first, total))
                                            } else {
                                                call_padded(ctx, first, total, parameters, transfer)
                                            };
                                            let control = check!(control);
                                            while sp > this {
                                                drop(pop!());
                                            }
                                            save!();
                                            if let Control::Return(value) = control {
                                                replace!(1, value);
                                                ip = ip.add(2);
                                                attend!();
                                            } else {
                                                started!(call::control(ctx, def, control), base, 2);
                                            }
                                            continue;
                                        }
                                        // Gets its frame below, where its self is put before the arguments.
                                        NativeCode::Step(_) if bound => {
                                            drop(std::mem::replace(&mut *this, Value::EMPTY));
                                        }
                                        NativeCode::Step(_) => {}
                                    }
                                }
                            } else if with_self == 0
                                && matches!(header.kind(), Kind::Foreign | Kind::Instance)
                                && let Some(method) = ops::function::plain_call(ctx, &*base)
                            {
                                // Called once more as its `__call__` and its self.
                                this.write(std::mem::replace(&mut *base, method));
                                ip = ip.sub(1);
                                continue;
                            }
                        }
                    }
                    if unwatched!() && (*base).header().is_some_and(|header| header.shape() == EXACT_FUNCTION) {
                        // A function with defaults, `*args` and the like.
                        save!();
                        bound!(call_bound(ctx, base, sp, Op::Call, false), base, 2);
                        continue;
                    }
                    // Everything else: the arguments leave the stack.
                    let mut args: SmallVec<[Value; 8]> = SmallVec::new();
                    let with_self = !(*base.add(1)).is_empty() as usize;
                    for index in (2 - with_self)..count + 2 {
                        args.push(base.add(index).read());
                    }
                    sp = base.add(1);
                    save!();
                    let callable = &*base;
                    started!(call::begin(ctx, callable, args, &[]), base, 2);
                }
                Op::CallKw => {
                    let count = arg!(word) as usize;
                    let base = sp.sub(count + 3);
                    if unwatched!()
                        && (*base).header().is_some_and(|header| header.shape() == EXACT_FUNCTION)
                        && exact::<Tuple>(top!(1), EXACT_TUPLE).is_some_and(|names| names.len() <= count)
                    {
                        save!();
                        bound!(call_bound(ctx, base, sp, Op::CallKw, false), base, 0);
                        continue;
                    }
                    let names = pop!();
                    let mut args: SmallVec<[Value; 8]> = SmallVec::new();
                    let with_self = !(*base.add(1)).is_empty() as usize;
                    for index in (2 - with_self)..count + 2 {
                        args.push(base.add(index).read());
                    }
                    sp = base.add(1);
                    save!();
                    let callable = &*base;
                    started!(call::begin_keywords(ctx, callable, args, &names), base, 0);
                }
                Op::CallFunctionEx => {
                    let base = sp.sub(3 + arg!(word) as usize);
                    if unwatched!()
                        && (*base).header().is_some_and(|header| header.shape() == EXACT_FUNCTION)
                        && exact::<Tuple>(&*base.add(2), EXACT_TUPLE).is_some()
                        && (arg!(word) == 0 || exact::<Dict>(top!(1), EXACT_DICT).is_some())
                    {
                        save!();
                        bound!(call_bound(ctx, base, sp, Op::CallFunctionEx, arg!(word) == 1), base, 0);
                        continue;
                    }
                    let keywords = if arg!(word) == 1 { pop!() } else { Value::EMPTY };
                    let positional = pop!();
                    drop(pop!());
                    let base = sp.sub(1);
                    save!();
                    let callable = &*base;
                    started!(call::begin_ex(ctx, callable, &positional, &keywords), base, 0);
                }
                Op::MakeFunction => {
                    let flags = arg!(word);
                    let function_code = pop!();
                    let closure = if flags & 8 != 0 { pop!() } else { Value::EMPTY };
                    let annotations = if flags & 4 != 0 { pop!() } else { Value::EMPTY };
                    let kwdefaults = if flags & 2 != 0 { pop!() } else { Value::EMPTY };
                    let defaults = if flags & 1 != 0 { pop!() } else { Value::EMPTY };
                    let func = (*frame!().func.as_ptr()).address().cast::<Obj<Function>>();
                    let globals = func.as_ref().globals.get();
                    let function =
                        ops::function::make(ctx, function_code, globals, [closure, annotations, kwdefaults, defaults]);
                    push!(function);
                }
                Op::CallIntrinsic1 => {
                    save!();
                    let intrinsic = Intrinsic::ALL[arg!(word) as usize];
                    let value = check!(ops::intrinsic::one(ctx, frame!(), intrinsic, top!(1)));
                    replace!(1, value);
                }
                Op::CallIntrinsic2 => {
                    save!();
                    let intrinsic = Intrinsic::ALL[arg!(word) as usize];
                    let value = check!(ops::intrinsic::two(ctx, intrinsic, top!(2), top!(1)));
                    replace!(2, value);
                }
                Op::ReturnValue | Op::ReturnFast | Op::ReturnConst => {
                    let value = match std::mem::transmute::<u8, Op>(word as u8) {
                        Op::ReturnFast => {
                            // The local is moved out: nothing can look at it any more.
                            let value = std::mem::take(&mut *slots.add(arg!(word) as usize));
                            if value.is_empty() {
                                save!();
                                check!(Err(ops::variable::unbound_local(ctx, code, arg!(word) as usize)));
                            }
                            value
                        }
                        Op::ReturnConst => (*consts.add(arg!(word) as usize)).clone(),
                        _ => pop!(),
                    };
                    event!(Event::Return(&value));
                    let flags = frame!().flags.get();
                    let result_is_self = flags & frame::flags::RESULT_IS_SELF != 0;
                    if result_is_self && !value.is_none() {
                        save!();
                        check!(Err(ops::function::init_result(ctx, &value)));
                    }
                    if flags & frame::flags::CALLED != 0 && frame!().header().count() == 1 {
                        ctx.depth -= 1;
                        let prev = frame!().prev.get();
                        leave_frame(frame!(), code, slots);
                        ctx.frame = prev;
                        load!();
                        ip = ip.add(usize::from(CACHES[(*ip.sub(1) & 0xff) as usize]));
                        // Otherwise the instance lies where the result goes already.
                        if !result_is_self {
                            push!(value);
                        }
                        attend!();
                        continue;
                    }
                    if flags & frame::flags::OPERATOR != 0 && frame!().header().count() == 1 {
                        ctx.depth -= 1;
                        let prev = frame!().prev.get();
                        leave_frame(frame!(), code, slots);
                        ctx.frame = prev;
                        let below = &*std::ptr::with_exposed_provenance::<Obj<Frame>>(prev);
                        if let Err(Raised(())) = ops::special::deliver(ctx, below, value) {
                            return Signal::Raise;
                        }
                        load!();
                        attend!();
                        continue;
                    }
                    if flags & frame::flags::RESULT_IS_SELF == 0
                        && frame!().header().shape() == SHAPE_FRAME
                        && frame!().header().count() == 1
                        && transfer::is_native(frame!().prev.get())
                    {
                        // A native (`map`, `sorted`, ...) called the function, and goes on with the result.
                        ctx.depth -= 1;
                        ctx.frame = frame!().prev.get();
                        leave_frame(frame!(), code, slots);
                        match transfer::continue_native(ctx, value) {
                            Signal::Enter => {
                                load!();
                                tick!();
                                continue;
                            }
                            signal => return signal,
                        }
                    }
                    if frame!().deleg.get() != 0 && frame!().header().shape() != SHAPE_FRAME {
                        // The leaf of a delegation chain returns: its parent goes on with the value.
                        if frame!().header().count() == 1 && !heap::watches_ends() {
                            // Only the parent's operand stack refers to it.
                            let (leaf, own_code, own_slots) = (frame!() as *const Obj<Frame>, code, slots);
                            leave_chain(ctx, frame!());
                            leave_frame(leaf, own_code, own_slots);
                            load!();
                            sp.sub(1).write(value);
                            ip = ip.add(1);
                            attend!();
                            continue;
                        }
                        for index in 0..code.slot_count() {
                            drop(std::mem::take(&mut *slots.add(index)));
                        }
                        frame!().sp.set(0);
                        leave_chain(ctx, frame!());
                        load!();
                        let delegate = pop!();
                        push!(value);
                        ip = ip.add(1);
                        release!(delegate);
                        continue;
                    }
                    save!();
                    return transfer::finish(ctx, value);
                }

                Op::BuildTuple => {
                    let count = arg!(word) as usize;
                    sp = sp.sub(count);
                    let base = sp;
                    push!(tuple::new_tuple((0..count).map(|index| base.add(index).read())).into_value());
                }
                Op::BuildList => {
                    let count = arg!(word) as usize;
                    sp = sp.sub(count);
                    let base = sp;
                    push!(list::new_list((0..count).map(|index| base.add(index).read()).collect()).into_value());
                }
                Op::BuildSet => {
                    let count = arg!(word) as usize;
                    save!();
                    let items = std::slice::from_raw_parts(sp.sub(count), count);
                    let value = check!(ops::display::build_set(ctx, items));
                    replace!(count, value);
                }
                Op::BuildMap => {
                    let count = arg!(word) as usize;
                    if count == 0 {
                        push!(dict::new_dict().into_value());
                        continue;
                    }
                    save!();
                    let items = std::slice::from_raw_parts(sp.sub(2 * count), 2 * count);
                    let value = check!(ops::display::build_map(ctx, items));
                    replace!(2 * count, value);
                }
                Op::BuildString => {
                    let count = arg!(word) as usize;
                    let pieces = std::slice::from_raw_parts(sp.sub(count), count);
                    let value = ops::display::build_string(pieces);
                    replace!(count, value);
                }
                Op::ListAppend => {
                    let value = pop!();
                    let target = (*sp.sub(arg!(word) as usize)).address().cast::<Obj<List>>();
                    if !target.as_ref().try_push(value) {
                        check!(Err(ctx.memory_error("")));
                    }
                }
                Op::SetAdd => {
                    save!();
                    let target = sp.sub(arg!(word) as usize + 1);
                    check!(ops::display::set_add(ctx, &*target, top!(1)));
                    discard!(pop!());
                }
                Op::MapAdd => {
                    save!();
                    let target = sp.sub(arg!(word) as usize + 2);
                    check!(ops::display::map_add(ctx, &*target, top!(2), top!(1)));
                    drop(pop!());
                    discard!(pop!());
                }
                Op::ListExtend => {
                    save!();
                    let target = (*sp.sub(arg!(word) as usize + 1)).clone();
                    check!(ops::display::list_extend(ctx, &target, top!(1)));
                    drop(target);
                    discard!(pop!());
                }
                Op::SetUpdate => {
                    save!();
                    let target = (*sp.sub(arg!(word) as usize + 1)).clone();
                    check!(ops::display::set_update(ctx, &target, top!(1)));
                    drop(target);
                    discard!(pop!());
                }
                Op::DictUpdate => {
                    save!();
                    let target = (*sp.sub(arg!(word) as usize + 1)).clone();
                    check!(ops::display::dict_update(ctx, &target, top!(1)));
                    drop(target);
                    discard!(pop!());
                }
                Op::DictMerge
                    if *ip as u8 == Op::CallFunctionEx as u8
                        && arg!(word) == 1
                        && exact::<Dict>(top!(2), EXACT_DICT).is_some_and(|target| target.is_empty())
                        && exact::<Dict>(top!(1), EXACT_DICT).is_some() =>
                {
                    // `f(**mapping)`: the call reads the dict itself, before anything can change it.
                    let mapping = pop!();
                    drop(std::mem::replace(&mut *sp.sub(1), mapping));
                }
                Op::DictMerge => {
                    save!();
                    let below = arg!(word) as usize + 1;
                    let target = (*sp.sub(below)).clone();
                    let callable = (*sp.sub(below + 3)).clone();
                    check!(ops::display::dict_merge(ctx, &callable, &target, top!(1)));
                    drop((target, callable));
                    discard!(pop!());
                }
                Op::UnpackSequence => {
                    let count = arg!(word) as usize;
                    let sequence = top!(1);
                    if let Some(items) = exact::<Tuple>(sequence, EXACT_TUPLE)
                        && items.len() == count
                    {
                        let sequence = pop!();
                        if let Some(items) = exact::<Tuple>(&sequence, EXACT_TUPLE) {
                            for item in items.items().iter().rev() {
                                push!(item.clone());
                            }
                        }
                        release!(sequence);
                        continue;
                    }
                    save!();
                    let items = check!(ops::display::unpack(ctx, sequence, count));
                    let sequence = pop!();
                    for item in items.into_iter().rev() {
                        push!(item);
                    }
                    discard!(sequence);
                }
                Op::UnpackEx => {
                    save!();
                    let (before, after) = (a!(word), b!(word));
                    let items = check!(ops::display::unpack_starred(ctx, top!(1), before, after));
                    let sequence = pop!();
                    for item in items.into_iter().rev() {
                        push!(item);
                    }
                    discard!(sequence);
                }
                Op::ConvertValue => {
                    save!();
                    let value = check!(ops::display::convert(ctx, top!(1), arg!(word)));
                    replace!(1, value);
                    attend!();
                }
                Op::FormatSimple => {
                    if top!(1).header().is_none_or(|header| header.shape() != EXACT_STR) {
                        save!();
                        let value = check!(protocol::format(ctx, top!(1), "")).into_value();
                        replace!(1, value);
                        attend!();
                    }
                }
                Op::FormatPiece => {
                    let value = top!(1);
                    let is_text = value.header().is_some_and(|header| header.shape() == EXACT_STR);
                    if !is_text && value.as_small_int().is_none() && value.as_inline_float().is_none() {
                        save!();
                        let value = check!(protocol::format(ctx, value, "")).into_value();
                        replace!(1, value);
                        attend!();
                    }
                }
                Op::FormatWithSpec => {
                    save!();
                    let value = check!(ops::display::format_with_spec(ctx, top!(2), top!(1)));
                    replace!(2, value);
                    attend!();
                }

                Op::PushExcInfo => {
                    let exception = pop!();
                    push!(std::mem::replace(&mut ctx.handled, exception.clone()));
                    push!(exception);
                }
                Op::PopExcept => {
                    let previous = pop!();
                    release!(std::mem::replace(&mut ctx.handled, previous));
                }
                Op::CheckExcMatch => {
                    save!();
                    let matches = check!(ops::exception::matches(ctx, top!(2), top!(1)));
                    let class = std::mem::replace(&mut *sp.sub(1), Value::bool(matches));
                    discard!(class);
                }
                Op::CheckEgMatch => {
                    save!();
                    let (rest, matched) = check!(ops::exception::group_matches(ctx, top!(2), top!(1)));
                    drop(pop!());
                    drop(pop!());
                    push!(rest);
                    push!(matched);
                }
                Op::RaiseVarargs => {
                    let cause = if arg!(word) == 2 { pop!() } else { Value::EMPTY };
                    let exception = if arg!(word) > 0 { pop!() } else { Value::EMPTY };
                    save!();
                    if exception.is_empty() && !ctx.handled.is_none() {
                        // A bare `raise` leaves the traceback as it is.
                        ctx.raised = ctx.handled.clone();
                        return Signal::Reraise;
                    }
                    check!(Err::<(), Raised>(ops::exception::raise(ctx, exception, cause)));
                }
                Op::Reraise => {
                    let exception = pop!();
                    // The traceback has this frame's entry already; the index of the first instruction, which the
                    // argument finds, is not needed.
                    ctx.raised = exception;
                    save!();
                    return Signal::Reraise;
                }
                Op::BeforeWith | Op::BeforeAsyncWith => {
                    save!();
                    let asynchronous = word as u8 == Op::BeforeAsyncWith as u8;
                    let (exit, enter, args) = check!(ops::context::before_with(ctx, top!(1), asynchronous));
                    drop(std::mem::replace(&mut *sp.sub(1), exit));
                    invoked!(call::begin(ctx, &enter, args, &[]));
                }
                Op::WithExceptStart => {
                    save!();
                    let args = ops::context::exit_arguments(ctx, top!(1));
                    let exit = top!(4).clone();
                    invoked!(call::begin(ctx, &exit, args, &[]));
                }

                Op::GetLen => {
                    save!();
                    let length = check!(protocol::length(ctx, top!(1)));
                    push!(int::from_usize(length));
                }
                Op::MatchMapping => push!(Value::bool(ops::pattern::is_mapping(ctx, top!(1)))),
                Op::MatchSequence => push!(Value::bool(ops::pattern::is_sequence(ctx, top!(1)))),
                Op::MatchKeys => {
                    save!();
                    let values = check!(ops::pattern::match_keys(ctx, top!(2), top!(1)));
                    push!(values);
                }
                Op::MatchClass => {
                    save!();
                    let values = check!(ops::pattern::match_class(ctx, top!(3), top!(2), arg!(word) as usize, top!(1)));
                    replace!(3, values);
                }

                Op::ImportName => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let module = check!(ops::import::import_name(ctx, frame!(), name, top!(1), top!(2)));
                    replace!(2, module);
                    attend!();
                }
                Op::ImportFrom => {
                    save!();
                    let name = &code.names[arg!(word) as usize];
                    let value = check!(ops::import::import_from(ctx, top!(1), name));
                    push!(value);
                }
            }
        }
    }
}

/// The object of an exact built-in class.
#[inline(always)]
fn exact<T: crate::objects::Payload>(value: &Value, shape: ShapeId) -> Option<&Obj<T>> {
    match value.header() {
        // SAFETY: the shape is the exact one of T's kind.
        Some(header) if header.shape() == shape => Some(unsafe { value.address().cast::<Obj<T>>().as_ref() }),
        _ => None,
    }
}

/// `for x, y in zip(a, b)` and `for i, x in enumerate(a)` over lists and tuples: writes the next two items to `places`, the
/// first one last. `false`, and nothing has been done, when that takes more.
///
/// # Safety
/// There is room for two values at `places`, which hold nothing.
#[inline(never)]
unsafe fn next_pair(iterator: &Value, places: *mut Value) -> bool {
    let Some(header) = iterator.header() else { return false };
    // SAFETY: the exact shapes tell what the objects and their sources are; no borrow is outstanding while the loop runs.
    unsafe {
        let iter = iterator.address().cast::<Obj<Iter>>();
        let source = &raw const *iter.as_ref().source;
        if header.shape() == SHAPE_ZIP {
            let zip = &*source.cast::<Zip>();
            let Some(iterators) = exact::<Tuple>(&*zip.iterators.as_ptr(), EXACT_TUPLE) else { return false };
            let [first, second] = iterators.items() else { return false };
            // The second of two items of one iterator is not known before the first is taken.
            if first.is(second) {
                return false;
            }
            let (Some((a, index)), Some((b, second_index))) = (next_place(first), next_place(second)) else {
                return false;
            };
            index.set(index.get() + 1);
            second_index.set(second_index.get() + 1);
            places.write((*b).clone());
            places.add(1).write((*a).clone());
            return true;
        }
        if header.shape() == SHAPE_ENUMERATE {
            let enumerate = &*source.cast::<Enumerate>();
            let Some(number) = (*enumerate.count.as_ptr()).as_small_int() else { return false };
            let (Some(count), Some(next)) = (Value::small_int(number), Value::small_int(number + 1)) else {
                return false;
            };
            let Some((item, index)) = next_place(&*enumerate.iterator.as_ptr()) else { return false };
            // The old count is a small int, whose end is nothing.
            enumerate.count.as_ptr().write(next);
            index.set(index.get() + 1);
            places.write((*item).clone());
            places.add(1).write(count);
            return true;
        }
    }
    false
}

/// Where the next item of an iterator over a list or tuple lies, and the index that counts it.
///
/// # Safety
/// No borrow of a list's items is outstanding; the place is used before anything else runs.
#[inline(always)]
unsafe fn next_place(iterator: &Value) -> Option<(*const Value, &Cell<usize>)> {
    let shape = iterator.header()?.shape();
    // SAFETY: the exact shapes tell what the objects are.
    unsafe {
        if shape == EXACT_LIST_ITER {
            let iterator = iterator.address().cast::<Obj<ListIter>>().as_ref();
            let list = exact::<List>(&*iterator.list.as_ptr(), EXACT_LIST)?;
            let items = &*list.items.as_ptr();
            return Some((items.get(iterator.index.get())?, &iterator.index));
        }
        if shape == EXACT_TUPLE_ITER {
            let iterator = iterator.address().cast::<Obj<TupleIter>>().as_ref();
            let tuple = exact::<Tuple>(&*iterator.tuple.as_ptr(), EXACT_TUPLE)?;
            return Some((tuple.items().get(iterator.index.get())?, &iterator.index));
        }
    }
    None
}

/// Subscription of lists, tuples and ASCII strs by small ints and of dicts by strs that are there.
#[inline(always)]
fn fast_subscript(container: &Value, key: &Value, ascii: &[Value]) -> Option<Value> {
    let header = container.header()?;
    if let Some(index) = key.as_small_int() {
        if header.shape() == EXACT_LIST {
            // SAFETY: the shape says that it is a List; no borrow is outstanding while the loop runs.
            let items = unsafe { &*container.address().cast::<Obj<List>>().as_ref().items.as_ptr() };
            let index = if index < 0 { index + items.len() as i64 } else { index };
            return items.get(index as usize).cloned();
        }
        if header.shape() == EXACT_TUPLE {
            let items = exact::<Tuple>(container, EXACT_TUPLE)?.items();
            let index = if index < 0 { index + items.len() as i64 } else { index };
            return items.get(index as usize).cloned();
        }
        if header.shape() == EXACT_STR {
            let text = exact::<Str>(container, EXACT_STR)?;
            let byte = *text.as_str().as_bytes().get(usize::try_from(index).ok()?)?;
            return if text.is_ascii() { ascii.get(usize::from(byte)).cloned() } else { None };
        }
    } else if header.shape() == EXACT_DICT {
        return exact::<Dict>(container, EXACT_DICT)?.get_str(key);
    }
    None
}

/// Concatenates two strs, growing the left one in place when nobody but the variable about to be assigned holds it.
///
/// # Safety
/// `ip` is the next instruction and `slots` the running frame's slots.
unsafe fn append_in_place(ctx: &mut Ctx, left: Value, right: &Value, ip: *const u32, slots: *mut Value) -> PyResult {
    // SAFETY: by the contract; a local slot holds an owned value or the empty word.
    unsafe {
        let next = *ip;
        if next as u8 == Op::StoreFast as u8 {
            let slot = &mut *slots.add((next >> 8) as usize);
            if slot.is(&left) {
                drop(std::mem::take(slot));
            }
        }
    }
    ops::operator::append(ctx, left, right)
}

/// Drops what a returning frame holds and frees it.
///
/// # Safety
/// The frame is a plain one that only the chain refers to, its operand stack is empty, and it is not used again.
#[inline(always)]
unsafe fn leave_frame(frame: *const Obj<Frame>, code: &Obj<Code>, slots: *mut Value) {
    // SAFETY: by the contract. The function, and with it the code, is dropped last.
    unsafe {
        let end = slots.add(code.slot_count());
        let mut slot = slots;
        while slot < end {
            std::ptr::drop_in_place(slot);
            slot = slot.add(1);
        }
        let func = (&*frame).func.as_ptr().read();
        let class = code.frame_class as usize;
        let size = tail_offset::<Frame>() + code.frame_slots() * size_of::<Value>();
        let address = std::ptr::NonNull::new_unchecked(std::ptr::with_exposed_provenance_mut::<Header>(frame.addr()));
        if class == 0 {
            heap::free(address, size, true);
        } else {
            heap::free_container(address, class);
        }
        drop(func);
    }
}

/// Calls a native with fewer arguments than it has parameters; the others are the empty word.
///
/// # Safety
/// `args` points to `count` values; there are at most [`MOST_PADDED`] parameters.
#[inline(never)]
unsafe fn call_padded<R>(
    ctx: &mut Ctx,
    args: *const Value,
    count: usize,
    parameters: usize,
    native: fn(&mut Ctx, &[Value]) -> PyResult<R>,
) -> PyResult<R> {
    let mut room = [const { std::mem::ManuallyDrop::new(Value::EMPTY) }; MOST_PADDED];
    // SAFETY: by the contract. The copies of the arguments are never dropped: they still belong to whoever holds them.
    unsafe {
        for (index, place) in room.iter_mut().enumerate().take(count) {
            *place = std::mem::ManuallyDrop::new(args.add(index).read());
        }
        native(ctx, std::slice::from_raw_parts(room.as_ptr().cast::<Value>(), parameters.min(MOST_PADDED)))
    }
}

/// Calls a native with `*args`: the arguments past its other parameters are gathered in a tuple.
///
/// # Safety
/// `args` points to `count` values, as many as the native [gathers](crate::objects::native::Arity::gathers).
#[inline(never)]
unsafe fn call_gathered<R>(
    ctx: &mut Ctx,
    args: *const Value,
    count: usize,
    def: &'static NativeDef,
    native: fn(&mut Ctx, &[Value]) -> PyResult<R>,
) -> PyResult<R> {
    let (plain, parameters) = (usize::from(def.arity.plain), usize::from(def.arity.max));
    let mut room = [const { std::mem::ManuallyDrop::new(Value::EMPTY) }; MOST_PADDED];
    let given = count.min(plain);
    // SAFETY: by the contract. The copies of the arguments are never dropped: they still belong to whoever holds them, and
    // the tuple to this function.
    unsafe {
        let rest = tuple::new_tuple((given..count).map(|index| (*args.add(index)).clone())).into_value();
        for (index, place) in room.iter_mut().enumerate().take(given) {
            *place = std::mem::ManuallyDrop::new(args.add(index).read());
        }
        if let Some(place) = room.get_mut(plain) {
            *place = std::mem::ManuallyDrop::new((&raw const rest).read());
        }
        native(ctx, std::slice::from_raw_parts(room.as_ptr().cast::<Value>(), parameters.min(MOST_PADDED)))
    }
}

/// Binds the operands of a call of a Python function, whatever its form, and drops them. The frame is then on top of the
/// chain, or, for a generator function, the result.
///
/// # Safety
/// The operands of `op` lie between `base` and `top`, a Python function first; for `CallKw` the last one is an exact tuple
/// of no more names than arguments, for `CallFunctionEx` the third one is an exact tuple, and, `with_mapping`, the last one
/// a dict.
#[inline(never)]
unsafe fn call_bound(
    ctx: &mut Ctx,
    base: *mut Value,
    top: *mut Value,
    op: Op,
    with_mapping: bool,
) -> PyResult<Option<Value>> {
    // SAFETY: by the contract; the operands are dropped once, when the frame has copies of its own.
    unsafe {
        let first = base.add(if (*base.add(1)).is_empty() { 2 } else { 1 });
        let function = &*base;
        let last = &*top.sub(1);
        let new = match (op, exact::<Tuple>(last, EXACT_TUPLE)) {
            (Op::CallFunctionEx, _) => {
                let args = exact::<Tuple>(&*base.add(2), EXACT_TUPLE).map_or(&[][..], |args| args.items());
                bind::bind_unpacked(ctx, function, args, with_mapping.then_some(last))?
            }
            (Op::CallKw, Some(names)) => {
                let args = std::slice::from_raw_parts(first, top.offset_from(first) as usize - 1);
                let (args, values) = args.split_at(args.len() - names.len());
                bind::bind_function(ctx, function, args, bind::Keywords::Named(names.items(), values))?
            }
            _ => {
                let args = std::slice::from_raw_parts(first, top.offset_from(first) as usize);
                bind::bind_function(ctx, function, args, bind::Keywords::Pairs(&[]))?
            }
        };
        let mut place = top;
        while place > base {
            place = place.sub(1);
            std::ptr::drop_in_place(place);
        }
        if new.header().shape() != SHAPE_FRAME {
            return Ok(Some(new.into_value()));
        }
        new.set_flag(frame::flags::CALLED, true);
        resume::push_plain(ctx, new);
        Ok(None)
    }
}

/// Takes the callable off the stack of the frame that waits for its call.
///
/// # Safety
/// `base` is the top of `frame`'s operand stack as stored in it.
unsafe fn pop_below(frame: &Obj<Frame>, base: *mut Value) -> Value {
    // SAFETY: by the contract; the stored stack height shrinks by the value taken.
    unsafe {
        frame.sp.set(frame.sp.get() - 1);
        base.read()
    }
}

/// A value borrowed from an inline cache, which does not own it.
struct ManuallyValue(std::mem::ManuallyDrop<Value>);

impl ManuallyValue {
    /// # Safety
    /// The two words are the halves of a live value's word.
    #[inline(always)]
    unsafe fn from_words(low: u32, high: u32) -> ManuallyValue {
        // SAFETY: by the contract.
        unsafe { ManuallyValue::from_bits(u64::from(low) | u64::from(high) << 32) }
    }

    /// # Safety
    /// The bits are a live value's word.
    #[inline(always)]
    unsafe fn from_bits(bits: u64) -> ManuallyValue {
        // SAFETY: by the contract; the result never drops the reference.
        ManuallyValue(std::mem::ManuallyDrop::new(unsafe { Value::from_bits(bits) }))
    }

    #[inline(always)]
    fn copy(&self) -> Value {
        (*self.0).clone()
    }
}
