//! Module `_signal`: the native half of `signal`.
//!
//! The table of handlers is in `objects::signals`, which runs them; here programs fill it, send signals to themselves and
//! ask for alarms. An alarm is a thread of the system that sleeps and then notes `SIGALRM`.
//!
//! Source: Standard Library "signal".

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::float::new_float;
use crate::objects::heap::{Obj, attention};
use crate::objects::int::{from_i64, is_int, to_i64};
use crate::objects::module::new_module;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::scheduler::{ThreadId, Wait, Why};
use crate::objects::signals::{DEFAULT, Handlers, IGNORE, INTERRUPT, LIMIT, deliver};
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;

crate::natives! { static FUNCTIONS:
    /// Set the action for the given signal.
    ///
    /// The action can be SIG_DFL, SIG_IGN, or a callable Python object.
    /// The previous action is returned.  See getsignal() for possible return values.
    function "signal(signalnum, handler, /)" => set_handler;
    /// Return the current action for the given signal.
    function "getsignal(signalnum, /)" => get_handler;
    /// Send a signal to the executing process.
    function "raise_signal(signalnum, /)" => raise_signal;
    /// The default handler for SIGINT installed by Python.
    ///
    /// It raises KeyboardInterrupt.
    function "default_int_handler(signalnum, frame, /)" => default_int_handler;
    /// Arrange for SIGALRM to arrive after the given number of seconds.
    function "alarm(seconds, /)" => alarm;
    /// Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).
    ///
    /// The timer will fire after value seconds and after that every interval seconds.
    function "setitimer(which, seconds, interval=0.0, /)" => set_timer;
    /// Returns current value of given itimer.
    function "getitimer(which, /)" => get_timer;
    /// Sets the fd to be written to (with the signal number) when a signal comes in.
    function "_set_wakeup_fd(fd, /)" => set_wakeup_fd;
    /// Wait until a signal arrives.
    step function "pause()" => pause;
    /// Change system call restart behaviour.
    function "siginterrupt(signalnum, flag, /)" => |ctx, args| number_of(ctx, &args[0]).map(|_| Value::NONE);
    /// Send a signal to a thread.
    function "pthread_kill(thread_id, signalnum, /)" => kill_thread;
    /// The blocked signals as bits, before and after a change: 0 blocks more, 1 unblocks, 2 sets.
    function "_mask(how, signals, /)" => change_mask;
    /// The blocked signals that have arrived, as bits.
    function "_held()" => |ctx, _| Ok(from_i64(ctx.state::<Handlers>().held as i64));
    /// Takes one of the held signals off; 0 when there is none.
    function "_take_held(signals, /)" => take_held;
}

/// Names and numbers of signals, on Linux.
static NUMBERS: &[(&str, i64)] = &[
    ("SIGHUP", 1),
    ("SIGINT", 2),
    ("SIGQUIT", 3),
    ("SIGILL", 4),
    ("SIGTRAP", 5),
    ("SIGABRT", 6),
    ("SIGIOT", 6),
    ("SIGBUS", 7),
    ("SIGFPE", 8),
    ("SIGKILL", 9),
    ("SIGUSR1", 10),
    ("SIGSEGV", 11),
    ("SIGUSR2", 12),
    ("SIGPIPE", 13),
    ("SIGALRM", 14),
    ("SIGTERM", 15),
    ("SIGSTKFLT", 16),
    ("SIGCHLD", 17),
    ("SIGCLD", 17),
    ("SIGCONT", 18),
    ("SIGSTOP", 19),
    ("SIGTSTP", 20),
    ("SIGTTIN", 21),
    ("SIGTTOU", 22),
    ("SIGURG", 23),
    ("SIGXCPU", 24),
    ("SIGXFSZ", 25),
    ("SIGVTALRM", 26),
    ("SIGPROF", 27),
    ("SIGWINCH", 28),
    ("SIGIO", 29),
    ("SIGPOLL", 29),
    ("SIGPWR", 30),
    ("SIGSYS", 31),
    ("SIGRTMIN", 34),
    ("SIGRTMAX", 64),
    ("SIG_DFL", DEFAULT),
    ("SIG_IGN", IGNORE),
    ("SIG_BLOCK", 0),
    ("SIG_UNBLOCK", 1),
    ("SIG_SETMASK", 2),
    ("ITIMER_REAL", 0),
    ("ITIMER_VIRTUAL", 1),
    ("ITIMER_PROF", 2),
    ("NSIG", LIMIT as i64),
];

/// The alarm that is set: a thread that sleeps for it stops when the generation has moved on.
#[derive(Default)]
struct Timer {
    generation: Arc<AtomicU64>,
    /// When it fires next, on the host's clock, and every how often after that.
    next: Arc<Mutex<Option<Duration>>>,
    interval: Duration,
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_signal", Some("This module provides mechanisms to use signal handlers in Python."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_signal", def));
    }
    for (name, number) in NUMBERS {
        module.dict.set_str(&intern(name), from_i64(*number));
    }
    let error = ctx.exceptions.OSError.value().clone();
    module.dict.set_str(&intern("ItimerError"), error);
    let handler = module.dict.get_str(&intern("default_int_handler")).unwrap_or_default();
    let handlers = ctx.state::<Handlers>();
    if handlers.table[INTERRUPT as usize].is_empty() {
        handlers.table[INTERRUPT as usize] = handler;
    }
    Ok(module.into_value())
}

fn number_of(ctx: &mut Ctx, value: &Value) -> PyResult<i32> {
    let number = protocol::convert::as_i32(ctx, value)?;
    if (1..LIMIT as i32).contains(&number) {
        return Ok(number);
    }
    Err(ctx.value_error("signal number out of range"))
}

fn known(handler: Value) -> Value {
    if handler.is_empty() { from_i64(DEFAULT) } else { handler }
}

fn set_handler(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = protocol::convert::as_i32(ctx, &args[0])?;
    if ctx.threads.current() != ThreadId::MAIN {
        return Err(ctx.value_error("signal only works in main thread of the main interpreter"));
    }
    let number = number_of(ctx, &from_i64(number.into()))?;
    let action = if is_int(&args[1]) { to_i64(&args[1]) } else { None };
    if !matches!(action, Some(DEFAULT | IGNORE)) && !protocol::is_callable(ctx, &args[1]) {
        return Err(ctx.type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
    }
    let is_set = !ctx.state::<Handlers>().table[number as usize].is_empty();
    // What was never handled and is not to be is left to the system.
    if (is_set || action != Some(DEFAULT))
        && let Err(error) = ctx.host.watch_signal(number)
    {
        return Err(raise_io_error(ctx, &error, None));
    }
    let handler = match action {
        Some(action) => from_i64(action),
        None => args[1].clone(),
    };
    let before = std::mem::replace(&mut ctx.state::<Handlers>().table[number as usize], handler);
    Ok(known(before))
}

fn get_handler(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = number_of(ctx, &args[0])?;
    Ok(known(ctx.state::<Handlers>().table[number as usize].clone()))
}

/// Lets a signal arrive at once: through the table where there is a handler, else as the system does it.
pub(super) fn arrive(ctx: &mut Ctx, number: i32) -> PyResult<()> {
    let handled = ctx.state::<Handlers>().table.get(number as usize).is_some_and(|handler| !handler.is_empty());
    if handled || number == INTERRUPT {
        ctx.host.note_signal(number);
        if ctx.threads.current() != ThreadId::MAIN {
            ctx.attention.fetch_or(attention::INTERRUPT, Ordering::Relaxed);
            return Ok(());
        }
        ctx.attention.fetch_and(!attention::INTERRUPT, Ordering::Relaxed);
        let arrived = ctx.host.take_signals();
        return if arrived == 0 { Ok(()) } else { deliver(ctx, arrived) };
    }
    match ctx.host.act_by_default(number) {
        Ok(()) => Ok(()),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn raise_signal(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = number_of(ctx, &args[0])?;
    arrive(ctx, number).map(|()| Value::NONE)
}

fn kill_thread(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = protocol::convert::as_i32(ctx, &args[1])?;
    if number == 0 {
        return Ok(Value::NONE);
    }
    let number = number_of(ctx, &args[1])?;
    arrive(ctx, number).map(|()| Value::NONE)
}

fn default_int_handler(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let class = ctx.exceptions.KeyboardInterrupt.clone();
    let exception = ctx.new_exception(&class, Vec::new());
    Err(ctx.raise_value(exception))
}

fn pause(_: &mut Ctx, _: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => Ok(Action::Wait(Wait::forever(Why::Signal))),
        Input::Value(_) | Input::Exhausted(_) => Ok(Action::Return(Value::NONE)),
        Input::Raised => Err(Raised(())),
    }
}

fn set_wakeup_fd(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let descriptor = protocol::convert::as_i32(ctx, &args[0])?;
    if ctx.threads.current() != ThreadId::MAIN {
        return Err(ctx.value_error("set_wakeup_fd only works in main thread of the main interpreter"));
    }
    #[cfg(unix)]
    {
        if descriptor >= 0 {
            if let Err(error) = crate::host::descriptor::is_inheritable(descriptor) {
                return Err(raise_io_error(ctx, &error, None));
            }
            if let Ok(true) = crate::host::descriptor::is_blocking(descriptor) {
                return Err(ctx.value_error(format!("the fd {descriptor} must be in non-blocking mode")));
            }
        }
        Ok(from_i64(crate::host::signals::set_wake_up(descriptor).into()))
    }
    #[cfg(not(unix))]
    Ok(from_i64(-1))
}

/// Sets the alarm; zero seconds take it off. Gives what was left of the one before.
fn arm(ctx: &mut Ctx, seconds: Duration, interval: Duration) -> PyResult<(Duration, Duration)> {
    let now = ctx.host.monotonic_time();
    let timer = ctx.state::<Timer>();
    let generation = timer.generation.fetch_add(1, Ordering::AcqRel) + 1;
    let next = (!seconds.is_zero()).then_some(now + seconds);
    let before = std::mem::replace(&mut *timer.next.lock().unwrap_or_else(PoisonError::into_inner), next);
    let left = before.map_or(Duration::ZERO, |at| at.saturating_sub(now));
    let old_interval = std::mem::replace(&mut timer.interval, interval);
    if next.is_some() {
        let (current, shared) = (Arc::clone(&timer.generation), Arc::clone(&timer.next));
        let mut at = now + seconds;
        let due = move || {
            if current.load(Ordering::Acquire) != generation {
                return false;
            }
            at += interval;
            *shared.lock().unwrap_or_else(PoisonError::into_inner) = (!interval.is_zero()).then_some(at);
            true
        };
        if let Err(error) = ctx.host.start_alarm(seconds, interval, Box::new(due)) {
            return Err(raise_io_error(ctx, &error, None));
        }
    }
    Ok((left, old_interval))
}

fn alarm(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let seconds = protocol::convert::as_i32(ctx, &args[0])?.max(0);
    let (left, _) = arm(ctx, Duration::from_secs(seconds as u64), Duration::ZERO)?;
    Ok(from_i64(left.as_secs_f64().ceil() as i64))
}

fn duration_of(ctx: &mut Ctx, value: &Value) -> PyResult<Duration> {
    let seconds = protocol::convert::as_f64(ctx, value)?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) => Ok(duration),
        Err(_) => Err(raise_io_error(ctx, &std::io::Error::from_raw_os_error(22), None)),
    }
}

fn pair(first: Duration, second: Duration) -> Value {
    new_tuple(vec![new_float(first.as_secs_f64()), new_float(second.as_secs_f64())]).into_value()
}

fn which_timer(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    // The timers that count the process's own time are not there.
    match protocol::convert::as_i32(ctx, value)? {
        0 => Ok(()),
        _ => Err(raise_io_error(ctx, &std::io::Error::from_raw_os_error(22), None)),
    }
}

fn set_timer(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    which_timer(ctx, &args[0])?;
    let seconds = duration_of(ctx, &args[1])?;
    let interval = if args[2].is_empty() { Duration::ZERO } else { duration_of(ctx, &args[2])? };
    let (left, old) = arm(ctx, seconds, interval)?;
    Ok(pair(left, old))
}

fn get_timer(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    which_timer(ctx, &args[0])?;
    let now = ctx.host.monotonic_time();
    let timer = ctx.state::<Timer>();
    let next = *timer.next.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(pair(next.map_or(Duration::ZERO, |at| at.saturating_sub(now)), timer.interval))
}

fn bits_of(ctx: &mut Ctx, value: &Value) -> PyResult<u64> {
    protocol::convert::as_isize(ctx, value).map(|bits| bits as u64)
}

fn change_mask(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let how = protocol::convert::as_i32(ctx, &args[0])?;
    let bits = bits_of(ctx, &args[1])?;
    let handlers = ctx.state::<Handlers>();
    let before = handlers.blocked;
    handlers.blocked = match how {
        0 => before | bits,
        1 => before & !bits,
        2 => bits,
        _ => return Err(raise_io_error(ctx, &std::io::Error::from_raw_os_error(22), None)),
    };
    let freed = handlers.held & !handlers.blocked;
    handlers.held &= handlers.blocked;
    let blocked = handlers.blocked;
    // What is blocked must not do its default action meanwhile.
    for number in (1..LIMIT as i32).filter(|number| blocked & !before & (1 << (number - 1)) != 0) {
        let _ = ctx.host.watch_signal(number);
    }
    if freed != 0 {
        deliver(ctx, freed)?;
    }
    Ok(from_i64(before as i64))
}

fn take_held(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let bits = bits_of(ctx, &args[0])?;
    let handlers = ctx.state::<Handlers>();
    let found = handlers.held & bits;
    if found == 0 {
        return Ok(from_i64(0));
    }
    let number = found.trailing_zeros() + 1;
    handlers.held &= !(1 << (number - 1));
    Ok(from_i64(number.into()))
}
