//! Suspending and resuming: `send`, `throw`, delegation chains.
//!
//! A delegation chain root -> ... -> leaf (each frame suspended at a `YieldFrom` on the next) is resumed at its leaf in
//! constant time: the root's `link` names the leaf and the number of frames in between, so that recursion can be limited
//! without walking. While a chain runs, root and leaf are `Running`; the frames between stay `Suspended`.

use std::cell::Cell;

use crate::code::{Op, flags};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::frame::{self, Frame, LINK_ADDRESS, State, frame_at, give_to_chain, take_from_chain};
use crate::objects::heap::{Obj, Ref};
use crate::objects::native::PyResult;
use crate::objects::observer::Event;
use crate::objects::protocol;
use crate::objects::value::Value;

use super::run::PREV_BITS;
use super::transfer::{Signal, tell};

/// Bits of a link that hold an address.
pub(crate) const ADDRESS_BITS: u32 = LINK_ADDRESS.count_ones();
/// A link counts no more delegations than these.
pub(crate) const MAX_CHAIN: usize = 0xffff;

/// A link: the address of a frame and, in a root, how many delegations lead to it.
fn pack(address: usize, length: usize) -> usize {
    address & LINK_ADDRESS | length.min(MAX_CHAIN) << ADDRESS_BITS
}

fn address_of(link: &Cell<usize>) -> usize {
    link.get() & LINK_ADDRESS
}

fn length_of(link: &Cell<usize>) -> usize {
    link.get() >> ADDRESS_BITS
}

fn own_address(frame: &Obj<Frame>) -> usize {
    frame.own_address()
}

/// The innermost frame of the chain that starts at a root.
pub(crate) fn leaf_of(root: &Obj<Frame>) -> Ref<Frame> {
    root.chain_leaf().unwrap_or_else(|| root.to_ref())
}

/// Resumes a generator, coroutine or asynchronous generator with a value: its leaf is then on top of the chain.
/// `false` when it has finished already (nothing is raised then).
///
/// # Errors
/// ValueError when it is running; TypeError for a value sent to one that has not started; RuntimeError for a coroutine
/// that was awaited before; RecursionError.
pub(crate) fn enter(ctx: &mut Ctx, root: &Obj<Frame>, value: Value) -> PyResult<bool> {
    if root.state.get() == State::Suspended
        && root.deleg.get() == 0
        && root.link.get() == 0
        && ctx.depth < ctx.recursion_limit
    {
        // The common case: a generator that stands alone.
        ctx.depth += 1;
        root.prev.set(ctx.frame);
        root.state.set(State::Running);
        root.header().count_up();
        ctx.frame = root.own_address();
        receive(ctx, root, value);
        return Ok(true);
    }
    if root.deleg.get() != 0 {
        detach(ctx, root)?;
    }
    match root.state.get() {
        State::Suspended => {}
        State::Created => {
            if !value.is_none() {
                let what = kind_name(root);
                return Err(ctx.type_error(format!("can't send non-None value to a just-started {what}")));
            }
        }
        State::Running => return Err(already_executing(ctx, root)),
        State::Finished => {
            if root.is_coroutine() {
                return Err(ctx.runtime_error("cannot reuse already awaited coroutine"));
            }
            if ctx.observer.is_some() {
                let asker = protocol::current_frame(ctx);
                tell(ctx, root, Event::Spent(asker.as_deref()));
            }
            return Ok(false);
        }
    }
    let link = address_of(&root.link);
    let length = length_of(&root.link);
    if ctx.depth as usize + length >= ctx.recursion_limit as usize {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    ctx.depth += 1 + length as u32;
    if link == 0 {
        start(ctx, root, root, value);
    } else if let Some(leaf) = frame_at(link) {
        start(ctx, root, &leaf, value);
    }
    Ok(true)
}

fn start(ctx: &mut Ctx, root: &Obj<Frame>, leaf: &Obj<Frame>, value: Value) {
    let created = leaf.state.get() == State::Created;
    leaf.prev.set(ctx.frame);
    root.state.set(State::Running);
    leaf.state.set(State::Running);
    std::mem::forget(root.to_ref());
    ctx.frame = own_address(leaf);
    if !created {
        receive(ctx, leaf, value);
    }
}

/// The value of the `yield` expression at which a frame goes on; one whose value nobody uses takes none.
fn receive(ctx: &mut Ctx, leaf: &Obj<Frame>, value: Value) {
    if leaf.suspended_at() as u8 != Op::YieldValuePop as u8 {
        leaf.push(value);
    }
    restore_handled(ctx, leaf);
}

/// A frame that was suspended inside `except` takes up the exception that it was handling.
fn restore_handled(ctx: &mut Ctx, leaf: &Obj<Frame>) {
    let word = leaf.suspended_at();
    if word >> 8 != 0 {
        let mut handled = std::mem::take(&mut ctx.handled);
        leaf.swap_stack((word >> 8) as usize - 1, &mut handled);
        ctx.handled = handled;
    }
}

/// What error messages call it.
pub(crate) fn kind_name(frame: &Obj<Frame>) -> &'static str {
    if frame.is_coroutine() {
        "coroutine"
    } else if frame.is_async_generator() {
        "async generator"
    } else {
        "generator"
    }
}

/// Raises ValueError for what cannot be resumed because it runs.
pub(crate) fn already_executing(ctx: &mut Ctx, frame: &Obj<Frame>) -> crate::objects::native::Raised {
    let what = kind_name(frame);
    ctx.value_error(format!("{what} already executing"))
}

/// The running frame suspends; returns the `prev` of the frame that gets control. The caller then gives the chain's
/// reference back with [`release_chain`].
pub(crate) fn suspend(ctx: &mut Ctx, leaf: &Obj<Frame>) -> usize {
    leaf.state.set(State::Suspended);
    let root = address_of(&leaf.link);
    let length = if leaf.deleg.get() != 0
        && let Some(root) = frame_at(root)
    {
        root.state.set(State::Suspended);
        length_of(&root.link)
    } else {
        0
    };
    ctx.depth = ctx.depth.saturating_sub(1 + length as u32);
    let prev = leaf.prev.replace(0);
    ctx.frame = prev & !PREV_BITS;
    prev
}

/// Gives up the reference that the chain held to the root of the frame that just suspended.
pub(crate) fn release_chain(leaf: usize) {
    let Some(frame) = frame_at(leaf) else { return };
    let root = if frame.deleg.get() != 0 { address_of(&frame.link) } else { leaf };
    drop(frame);
    drop(take_from_chain(root));
}

/// How a delegation began.
pub(crate) enum Delegation {
    /// The delegate's leaf is on top of the chain.
    Entered,
    /// The delegate must be resumed one level down, with this value.
    OneLevel(Value),
    /// The delegate had finished before.
    Finished,
}

/// The running frame delegates to a generator or coroutine, which lies on top of its operand stack.
///
/// # Errors
/// As [`enter`].
pub(crate) fn delegate(ctx: &mut Ctx, me: &Obj<Frame>, sub: &Obj<Frame>, sent: Value) -> PyResult<Delegation> {
    if sub.deleg.get() != 0 {
        return Ok(Delegation::OneLevel(sent));
    }
    match sub.state.get() {
        State::Created if !sent.is_none() => {
            let what = kind_name(sub);
            return Err(ctx.type_error(format!("can't send non-None value to a just-started {what}")));
        }
        State::Created | State::Suspended => {}
        State::Running => return Err(already_executing(ctx, sub)),
        State::Finished if sub.is_coroutine() => {
            return Err(ctx.runtime_error("cannot reuse already awaited coroutine"));
        }
        State::Finished => return Ok(Delegation::Finished),
    }
    if ctx.depth >= ctx.recursion_limit {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    let me_address = own_address(me);
    let (root_address, above) = if me.deleg.get() != 0 {
        let root = address_of(&me.link);
        (root, frame_at(root).map_or(0, |root| length_of(&root.link)))
    } else {
        (me_address, 0)
    };
    let below = length_of(&sub.link);
    let leaf = leaf_of(sub);
    let leaf_address = own_address(&leaf);
    let created = leaf.state.get() == State::Created;
    ctx.depth += 1 + below as u32;
    me.state.set(State::Suspended);
    if me_address != root_address {
        me.link.set(0);
    }
    sub.link.set(0);
    sub.deleg.set(me_address);
    sub.state.set(State::Suspended);
    leaf.link.set(root_address);
    leaf.prev.set(me.prev.replace(0));
    leaf.state.set(State::Running);
    if let Some(root) = frame_at(root_address) {
        root.state.set(State::Running);
        root.link.set(pack(leaf_address, above + below + 1));
    }
    ctx.frame = leaf_address;
    if !created {
        receive(ctx, &leaf, sent);
    }
    Ok(Delegation::Entered)
}

/// Where control goes after the end of a suspendable frame.
pub(crate) enum End {
    /// To the frame that delegated to it, which is on top of the chain now.
    Parent(Ref<Frame>),
    /// To the frame of this `prev`.
    Receiver(usize),
}

/// The frame on top, a suspendable one, is done: its locals go, and it leaves its chain.
pub(crate) fn end(ctx: &mut Ctx, top: &Ref<Frame>, address: usize) -> End {
    let parent = frame_at(top.deleg.get());
    let root = address_of(&top.link);
    let prev = top.prev.replace(0);
    top.deleg.set(0);
    top.link.set(0);
    ctx.depth = ctx.depth.saturating_sub(1);
    top.retire();
    match parent {
        Some(parent) => {
            let parent_address = own_address(&parent);
            parent.prev.set(prev);
            parent.state.set(State::Running);
            if parent_address == root {
                parent.link.set(0);
            } else if let Some(root_frame) = frame_at(root) {
                let length = length_of(&root_frame.link).saturating_sub(1);
                root_frame.link.set(pack(parent_address, length));
                parent.link.set(root);
            }
            ctx.frame = parent_address;
            End::Parent(parent)
        }
        None => {
            drop(take_from_chain(address));
            End::Receiver(prev)
        }
    }
}

/// A frame in the middle of a chain is to be used directly: the links of the chain are dropped. Its parents will find
/// the delegate on their stacks when they go on.
///
/// # Errors
/// ValueError when the chain is running.
pub(crate) fn detach(ctx: &mut Ctx, target: &Obj<Frame>) -> PyResult<()> {
    // Down to the leaf, to see whether it runs.
    let mut leaf = target.to_ref();
    while let Some(next) = leaf.delegate().and_then(|next| next.downcast::<Frame>()) {
        if next.deleg.get() != own_address(&leaf) {
            break;
        }
        leaf = next;
    }
    if leaf.state.get() == State::Running {
        return Err(already_executing(ctx, target));
    }
    unlink(leaf);
    Ok(())
}

/// Drops the links of a suspended chain, from its leaf up.
pub(crate) fn unlink(leaf: Ref<Frame>) {
    let mut frame = Some(leaf);
    while let Some(current) = frame {
        frame = frame_at(current.deleg.replace(0));
        current.link.set(0);
        if current.state.get() == State::Running && frame.is_none() && current.prev.get() == 0 {
            current.state.set(State::Suspended);
        }
    }
}

/// Detaches the whole chain of a suspended root, so that each of its frames stands alone.
pub(crate) fn unlink_root(root: &Obj<Frame>) {
    unlink(leaf_of(root));
}

/// Throws an exception into a suspended or new frame: it is raised at the leaf, which is on top of the chain then.
///
/// # Errors
/// The exception itself when the frame has not started or is finished; ValueError when it is running.
pub(crate) fn throw(ctx: &mut Ctx, root: &Obj<Frame>, exception: Value) -> PyResult<Signal> {
    if root.deleg.get() != 0 {
        detach(ctx, root)?;
    }
    match root.state.get() {
        State::Running => return Err(already_executing(ctx, root)),
        State::Finished => {
            if root.is_coroutine() {
                return Err(ctx.runtime_error("cannot reuse already awaited coroutine"));
            }
            return Err(ctx.reraise(exception));
        }
        State::Created => {
            // Nothing of the frame has run, so no handler of its can catch the exception: it ends at its first line.
            ctx.raised = exception;
            let root = root.to_ref();
            super::transfer::add_traceback(ctx, &root);
            let exception = std::mem::take(&mut ctx.raised);
            root.retire();
            return Err(ctx.reraise(exception));
        }
        State::Suspended => {}
    }
    let length = length_of(&root.link);
    ctx.depth += 1 + length as u32;
    let leaf = leaf_of(root);
    leaf.prev.set(ctx.frame);
    root.state.set(State::Running);
    leaf.state.set(State::Running);
    std::mem::forget(root.to_ref());
    ctx.frame = own_address(&leaf);
    let handles = leaf.suspended_at() >> 8 != 0;
    restore_handled(ctx, &leaf);
    if leaf.next_word() as u8 == Op::YieldFrom as u8 {
        leaf.ip.set(leaf.ip.get() + 1);
    }
    if ctx.observer.is_some() {
        tell(ctx, &leaf, Event::Throw(&exception));
    }
    if handles {
        // What the frame itself is handling is the context of what is thrown in, not what the thrower handles.
        let _ = ctx.raise_value(exception);
    } else {
        ctx.raised = exception;
    }
    Ok(Signal::Raise)
}

/// PEP 479: a StopIteration that leaves a generator or coroutine, or a StopAsyncIteration that leaves an asynchronous
/// generator, becomes a RuntimeError.
pub(crate) fn convert_stop_iteration(ctx: &mut Ctx, top: &Obj<Frame>) {
    let stop = ctx.exceptions.StopIteration.clone();
    let stop_async = ctx.exceptions.StopAsyncIteration.clone();
    let name = if ctx.raised_is(&stop) {
        "StopIteration"
    } else if top.is_async_generator() && ctx.raised_is(&stop_async) {
        "StopAsyncIteration"
    } else {
        return;
    };
    let what = kind_name(top);
    let cause = std::mem::take(&mut ctx.raised);
    let class = ctx.exceptions.RuntimeError.clone();
    let message = ctx.str(format!("{what} raised {name}"));
    let error = ctx.new_exception(&class, vec![message]);
    if let Some(payload) = error.downcast_ref::<Exception>() {
        payload.context.set(cause.clone());
        payload.cause.set(cause);
        payload.suppress_context.set(true);
    }
    ctx.raised = error;
}

/// Marks that an asynchronous generator stops at a `yield` of its own.
pub(crate) fn wrap_async_item(_ctx: &mut Ctx, frame: &Obj<Frame>, value: Value) -> Value {
    frame.set_flag(frame::flags::AG_ITEM, true);
    value
}

/// Makes the object that calling a generator, coroutine or asynchronous generator function gives.
pub(crate) fn shape_for(code_flags: u32) -> crate::objects::shape::ShapeId {
    if code_flags & flags::COROUTINE != 0 {
        frame::SHAPE_COROUTINE
    } else if code_flags & flags::ASYNC_GENERATOR != 0 {
        frame::SHAPE_ASYNC_GENERATOR
    } else {
        frame::SHAPE_GENERATOR
    }
}

/// Hands a prepared plain frame to the chain, on top of the running one.
pub(crate) fn push_plain(ctx: &mut Ctx, frame: Ref<Frame>) {
    frame.prev.set(ctx.frame);
    ctx.frame = give_to_chain(frame.into_value());
    ctx.depth += 1;
}
