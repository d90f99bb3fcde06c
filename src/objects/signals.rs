//! Handlers of signals: the table that `signal.signal` fills, and the moment at which they run.
//!
//! A signal sets a bit of the attention word; the loop sees it between two instructions, in the main thread, and runs the
//! handlers of all signals that have arrived. Without a handler the interrupt raises KeyboardInterrupt.
//!
//! Source: Standard Library "signal".

use std::sync::atomic::Ordering;

use super::ctx::Ctx;
use super::frame_view;
use super::heap::attention;
use super::int::{from_i64, to_i64};
use super::native::{PyResult, Raised};
use super::protocol;
use super::scheduler::ThreadId;
use super::value::Value;
use crate::host::memory;

/// The number of the interrupt, Ctrl-C.
pub const INTERRUPT: i32 = 2;
/// Signals have numbers below this.
pub const LIMIT: usize = 65;

/// `signal.SIG_DFL`
pub const DEFAULT: i64 = 0;
/// `signal.SIG_IGN`
pub const IGNORE: i64 = 1;

/// What the program wants of signals.
pub struct Handlers {
    /// By number: a callable, `DEFAULT` or `IGNORE` as an int; empty where the program has not said anything.
    pub table: Vec<Value>,
    /// Signals that wait until they are unblocked, as bits.
    pub blocked: u64,
    /// Blocked signals that have arrived.
    pub held: u64,
}

impl Default for Handlers {
    fn default() -> Handlers {
        Handlers { table: vec![Value::EMPTY; LIMIT], blocked: 0, held: 0 }
    }
}

/// Runs the handlers of the signals that have arrived. The caller has taken the bit off the attention word.
///
/// # Errors
/// What a handler raises; KeyboardInterrupt for the interrupt without one.
pub fn deliver(ctx: &mut Ctx, arrived: u64) -> PyResult<()> {
    // Nobody noted which: the bit alone is the interrupt.
    let mut left = if arrived == 0 { 1 << (INTERRUPT - 1) } else { arrived };
    while left != 0 {
        let number = left.trailing_zeros() + 1;
        let bit = 1 << (number - 1);
        left &= !bit;
        let handlers = ctx.state::<Handlers>();
        if handlers.blocked & bit != 0 {
            handlers.held |= bit;
            continue;
        }
        let handler = handlers.table.get(number as usize).cloned().unwrap_or_default();
        if let Err(raised) = handle(ctx, number, &handler) {
            if left != 0 {
                give_back(ctx, left);
            }
            return Err(raised);
        }
    }
    Ok(())
}

/// Raises MemoryError, because the allocator has said that there is hardly any left.
#[cold]
pub fn out_of_memory(ctx: &mut Ctx) -> Raised {
    ctx.attention.fetch_and(!attention::MEMORY, Ordering::Relaxed);
    memory::renew_reserve();
    ctx.memory_error("")
}

/// How a native that goes through items by itself, and cannot hand over to the interpreter loop, can still be broken off.
#[derive(Debug, Default)]
pub struct Pace(u16);

impl Pace {
    /// Counts an item; looks now and then whether the program is to be interrupted or runs out of memory.
    ///
    /// # Errors
    /// MemoryError; KeyboardInterrupt or what a signal handler raises.
    #[inline]
    pub fn step(&mut self, ctx: &mut Ctx) -> PyResult<()> {
        self.0 = self.0.wrapping_add(1);
        if self.0 == 0 { break_off(ctx) } else { Ok(()) }
    }
}

#[cold]
fn break_off(ctx: &mut Ctx) -> PyResult<()> {
    let bits = ctx.attention.load(Ordering::Relaxed);
    if bits & attention::MEMORY != 0 {
        return Err(out_of_memory(ctx));
    }
    // Signals are the main thread's.
    if bits & attention::INTERRUPT != 0 && ctx.threads.current() == ThreadId::MAIN {
        ctx.attention.fetch_and(!attention::INTERRUPT, Ordering::Relaxed);
        let arrived = ctx.host.take_signals();
        return deliver(ctx, arrived);
    }
    Ok(())
}

/// Whether the program has set a handler for any signal but the interrupt (for that one `asyncio.run` always sets one).
pub fn are_handled(ctx: &mut Ctx) -> bool {
    let table = ctx.state::<Handlers>().table.iter().enumerate();
    table
        .skip(1)
        .any(|(number, handler)| number != INTERRUPT as usize && !handler.is_empty() && to_i64(handler).is_none())
}

/// Whether the program has set a handler for the interrupt. That of `asyncio.run`, a partial, is none: it cancels a task,
/// which is of no use to a thread that waits outside of the loop.
pub fn interrupt_is_handled(ctx: &mut Ctx) -> bool {
    let handler = ctx.state::<Handlers>().table.get(INTERRUPT as usize).cloned().unwrap_or_default();
    !handler.is_empty()
        && to_i64(&handler).is_none()
        && !matches!(protocol::class_name(ctx, &handler).as_str(), "partial" | "builtin_function_or_method")
}

/// Has signals that were taken be seen to later.
fn give_back(ctx: &mut Ctx, signals: u64) {
    ctx.host.put_back_signals(signals);
    ctx.attention.fetch_or(attention::INTERRUPT, Ordering::Relaxed);
}

fn handle(ctx: &mut Ctx, number: u32, handler: &Value) -> PyResult<()> {
    if handler.is_empty() {
        if number == INTERRUPT as u32 {
            let class = ctx.exceptions.KeyboardInterrupt.clone();
            let exception = ctx.new_exception(&class, Vec::new());
            return Err(ctx.raise_value(exception));
        }
        return Ok(());
    }
    match to_i64(handler) {
        Some(DEFAULT) => {
            // Most end the process; where that fails there is nothing to be done.
            let _ = ctx.host.act_by_default(number as i32);
            Ok(())
        }
        Some(_) => Ok(()),
        None => {
            let frame = protocol::current_frame(ctx).map_or(Value::NONE, |frame| frame_view::view(&frame).into_value());
            protocol::call(ctx, handler, &[from_i64(number.into()), frame]).map(drop)
        }
    }
}
