//! Special methods in Python that instructions call: `__add__`, `__eq__`, `__getitem__`, `__next__` and their kin.
//!
//! An operator on an instance whose class has the method in Python could call it through the door, a run of the loop
//! inside the loop. In the frequent, simple cases it does better: the method's frame is put on top of the chain
//! ([`frame::flags::OPERATOR`]), its operands stay where they are, and when it returns [`deliver`] does what is left of
//! the instruction that waits below: drop the operands, push or store or test the result, or say that there is none.
//!
//! Source: "Special method names" of the Language Reference.

use crate::code::opcode::operator_number;
use crate::code::{BinaryOperator, Comparison, Op};
use crate::objects::ctx::Ctx;
use crate::objects::frame::{self, Frame, SHAPE_FRAME};
use crate::objects::function::Function;
use crate::objects::heap::Obj;
use crate::objects::instance::Instance;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::value::Value;
use crate::vm::bind::Args;
use crate::vm::{resume, run};

/// Puts the frame of a call of `method` on top of the chain; `false` when that takes more than moving the arguments in.
fn enter<const N: usize>(ctx: &mut Ctx, method: &Value, args: [&Value; N]) -> bool {
    if ctx.depth >= ctx.recursion_limit || ctx.observer.is_some() {
        return false;
    }
    let Some(function) = method.downcast_ref::<Function>() else { return false };
    if function.with_code(|code| code.direct_arg_count as usize != N) {
        return false;
    }
    enter_directly(ctx, method, args.into_iter().cloned().collect());
    true
}

/// Puts the frame of a call of a function that takes exactly these arguments on top of the chain, for the instruction of the
/// frame below.
pub(super) fn enter_directly(ctx: &mut Ctx, function: &Value, args: Args) {
    let Some(payload) = function.downcast_ref::<Function>() else { return };
    let frame = payload.with_code(|code| run::simple_frame(SHAPE_FRAME, function, code, &args));
    frame.set_flag(frame::flags::OPERATOR, true);
    resume::push_plain(ctx, frame);
}

/// The instances among the operands are what may have methods in Python.
fn is_instance(value: &Value) -> bool {
    value.is_kind::<Instance>()
}

fn same_class(a: &Value, b: &Value) -> bool {
    match (a.header(), b.header()) {
        (Some(a), Some(b)) => a.shape().class_bits() == b.shape().class_bits(),
        _ => false,
    }
}

/// A binary operator whose left operand's method is all that there is to ask. Whether the method's frame is on top of the
/// chain.
#[inline(never)]
pub(crate) fn enter_binary(ctx: &mut Ctx, op: BinaryOperator, a: &Value, b: &Value) -> bool {
    if !is_instance(a) {
        return false;
    }
    let (plain, reflected, in_place) = protocol::operator::method_names(ctx, op);
    if op.is_in_place() && protocol::lookup_special(ctx, a, in_place).is_some()
        || !same_class(a, b) && protocol::lookup_special(ctx, b, reflected).is_some()
    {
        return false;
    }
    match protocol::lookup_special(ctx, a, plain) {
        Some(method) => enter(ctx, &method, [a, b]),
        None => false,
    }
}

/// A comparison of two instances of one class. Whether the left one's method is on top of the chain.
#[inline(never)]
pub(crate) fn enter_comparison(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> bool {
    if !is_instance(a) || !same_class(a, b) {
        return false;
    }
    match protocol::lookup_special(ctx, a, &protocol::compare::method_name(ctx, op)) {
        Some(method) => enter(ctx, &method, [a, b]),
        None => false,
    }
}

/// `container[key]`, whether `__getitem__` is on top of the chain.
#[inline(never)]
pub(crate) fn enter_subscript(ctx: &mut Ctx, container: &Value, key: &Value) -> bool {
    if !is_instance(container) {
        return false;
    }
    match protocol::lookup_special(ctx, container, &ctx.names.__getitem__) {
        Some(method) => enter(ctx, &method, [container, key]),
        None => false,
    }
}

/// `container[key] = value`, whether `__setitem__` is on top of the chain.
#[inline(never)]
pub(crate) fn enter_store(ctx: &mut Ctx, container: &Value, key: &Value, value: &Value) -> bool {
    if !is_instance(container) {
        return false;
    }
    match protocol::lookup_special(ctx, container, &ctx.names.__setitem__) {
        Some(method) => enter(ctx, &method, [container, key, value]),
        None => false,
    }
}

/// `item in container`, whether `__contains__` is on top of the chain.
#[inline(never)]
pub(crate) fn enter_contains(ctx: &mut Ctx, container: &Value, item: &Value) -> bool {
    if !is_instance(container) {
        return false;
    }
    match protocol::lookup_special(ctx, container, &ctx.names.__contains__) {
        Some(method) => enter(ctx, &method, [container, item]),
        None => false,
    }
}

/// The next item of an iterator, whether its `__next__` is on top of the chain.
#[inline(never)]
pub(crate) fn enter_next(ctx: &mut Ctx, iterator: &Value) -> bool {
    if !is_instance(iterator) {
        return false;
    }
    match protocol::lookup_special(ctx, iterator, &ctx.names.__next__) {
        Some(method) => enter(ctx, &method, [iterator]),
        None => false,
    }
}

/// Where an instruction has its operands: how many of them lie on the stack, and copies of both.
fn operands(top: &Obj<Frame>, op: Op, word: u32) -> (usize, Value, Value) {
    let (a, b) = ((word >> 8 & 0xff) as usize, (word >> 16) as usize);
    let constant = |index: usize| top.with_code(|code| code.consts.get(index).cloned().unwrap_or_default());
    match op {
        Op::BinaryLocalLocal | Op::InplaceLocalLocal | Op::CompareLocalLocalJump | Op::SubscrLocalLocal => {
            (0, top.local(a), top.local(b))
        }
        Op::BinaryLocalConst | Op::InplaceLocalConst | Op::CompareLocalConstJump | Op::SubscrLocalConst => {
            (0, top.local(a), constant(b))
        }
        Op::BinaryStackLocal => (1, top.peek(1), top.local(b)),
        Op::BinaryStackConst | Op::CompareStackConstJump | Op::SubscrStackConst => (1, top.peek(1), constant(b)),
        _ => (2, top.peek(2), top.peek(1)),
    }
}

/// The method that the instruction of the frame on top of the chain called returned this: the rest of the instruction.
///
/// # Errors
/// TypeError when the operands do not support the operator; what `__bool__` of the result of a comparison raises.
#[inline(never)]
pub(crate) fn deliver(ctx: &mut Ctx, top: &Obj<Frame>, value: Value) -> PyResult<()> {
    let word = top.current_word();
    let Some(op) = Op::from_u8(word as u8) else { return Ok(()) };
    let next = top.next_word();
    let drop_operands = |count: usize| {
        for _ in 0..count {
            drop(top.pop());
        }
    };
    match op {
        Op::ForIter => top.push(value),
        Op::ForIterStoreFast => {
            top.ip.set(top.ip.get() + 1);
            if let Some(slot) = top.tail().get((word >> 8) as usize) {
                slot.set(value);
            }
        }
        Op::BinarySubscr => {
            drop_operands(2);
            top.push(value);
        }
        Op::SubscrStackConst => {
            drop_operands(1);
            top.push(value);
        }
        Op::SubscrLocalLocal | Op::SubscrLocalConst => top.push(value),
        Op::StoreSubscr => drop_operands(3),
        Op::ContainsOp => {
            let found = protocol::truth(ctx, &value)?;
            drop_operands(2);
            top.push(Value::bool(found != (word >> 8 == 1)));
        }
        Op::CompareOp
        | Op::CompareLocalLocalJump
        | Op::CompareLocalConstJump
        | Op::CompareJump
        | Op::CompareStackConstJump => {
            let number = if op == Op::CompareOp { word >> 8 } else { next >> 24 & 7 };
            let (count, a, b) = operands(top, op, word);
            let value = match Comparison::from_u32(number) {
                Some(comparison) if value.is_not_implemented() => {
                    protocol::compare::compare_after_left(ctx, comparison, &a, &b)?
                }
                _ => value,
            };
            if op == Op::CompareOp {
                drop_operands(count);
                top.push(value);
                return Ok(());
            }
            let jumps = protocol::truth(ctx, &value)? == (next >> 27 & 1 != 0);
            drop_operands(count);
            top.ip.set(if jumps { next & 0xff_ffff } else { top.ip.get() + 1 });
        }
        _ => {
            let number = match op {
                Op::BinaryAdd => BinaryOperator::Add as u32,
                Op::BinarySubtract => BinaryOperator::Subtract as u32,
                Op::BinaryMultiply => BinaryOperator::Multiply as u32,
                Op::BinaryOp => word >> 8,
                _ => operator_number(next),
            };
            let (count, a, b) = operands(top, op, word);
            if value.is_not_implemented() {
                let operator = BinaryOperator::from_u32(number).unwrap_or(BinaryOperator::Add);
                return Err(protocol::operator::unsupported(ctx, operator, &a, &b));
            }
            drop((a, b));
            drop_operands(count);
            top.ip.set(top.ip.get() + op.caches() as u32);
            match op {
                Op::InplaceLocalConst | Op::InplaceLocalLocal => {
                    if let Some(slot) = top.tail().get((word >> 8 & 0xff) as usize) {
                        slot.set(value);
                    }
                }
                _ => top.push(value),
            }
        }
    }
    Ok(())
}

/// Whether a frame stands at an instruction that [`deliver`] completes.
pub(crate) fn waits(word: u32) -> bool {
    matches!(
        Op::from_u8(word as u8),
        Some(
            Op::ForIter
                | Op::ForIterStoreFast
                | Op::BinarySubscr
                | Op::SubscrStackConst
                | Op::SubscrLocalLocal
                | Op::SubscrLocalConst
                | Op::StoreSubscr
                | Op::ContainsOp
                | Op::CompareOp
                | Op::CompareLocalLocalJump
                | Op::CompareLocalConstJump
                | Op::CompareJump
                | Op::CompareStackConstJump
                | Op::BinaryAdd
                | Op::BinarySubtract
                | Op::BinaryMultiply
                | Op::BinaryOp
                | Op::BinaryLocalLocal
                | Op::BinaryLocalConst
                | Op::BinaryStackLocal
                | Op::BinaryStackConst
                | Op::InplaceLocalConst
                | Op::InplaceLocalLocal
        )
    )
}
