//! Signals of the operating system: which have arrived, and who is told.
//!
//! A signal handler may do next to nothing. A thread of its own takes each watched signal, notes it in a set, writes its
//! number to the wake-up descriptor, if there is one, and tells the interpreter, which runs the program's handler between
//! two instructions. Signals belong to the process, and so does all that is here.
//!
//! Source: Standard Library "signal", "Execution of Python signal handlers".

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use signal_hook::consts::{FORBIDDEN, SIGINT};
use signal_hook::iterator::{Handle, Signals};

/// Signals have numbers below this.
pub const LIMIT: i32 = 65;

/// Tells the interpreter that there is something to take.
pub type Tell = Box<dyn Fn() + Send + Sync>;

/// The signals that have arrived and were not taken, as bits.
static ARRIVED: AtomicU64 = AtomicU64::new(0);
/// What every arriving signal's number is written to; -1 for nothing.
static WAKE_UP: AtomicI32 = AtomicI32::new(-1);
static TELL: OnceLock<Mutex<Option<Tell>>> = OnceLock::new();
static WATCHED: Mutex<Option<Watch>> = Mutex::new(None);

struct Watch {
    handle: Handle,
    signals: BTreeSet<i32>,
}

/// Names who is told when a signal arrives.
pub fn tell(tell: Tell) {
    *TELL.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner) = Some(tell);
}

/// Notes the arrival of a signal and tells the interpreter.
pub fn note(signal: i32) {
    if !(1..LIMIT).contains(&signal) {
        return;
    }
    ARRIVED.fetch_or(1 << (signal - 1), Ordering::Release);
    #[cfg(unix)]
    {
        let descriptor = WAKE_UP.load(Ordering::Acquire);
        if descriptor >= 0 {
            // A full pipe has told already; CPython warns about other errors, which needs the interpreter.
            let _ = super::descriptor::write(descriptor, &[signal as u8]);
        }
    }
    if let Some(tell) = TELL.get()
        && let Some(tell) = &*tell.lock().unwrap_or_else(PoisonError::into_inner)
    {
        tell();
    }
}

/// Takes the signals that have arrived: bit `n - 1` stands for signal `n`.
pub fn take() -> u64 {
    ARRIVED.swap(0, Ordering::Acquire)
}

/// Puts back signals that were taken and cannot be seen to yet.
pub fn put_back(signals: u64) {
    ARRIVED.fetch_or(signals, Ordering::Release);
}

/// Sets the wake-up descriptor (-1: none) and gives the one before.
pub fn set_wake_up(descriptor: i32) -> i32 {
    WAKE_UP.swap(descriptor, Ordering::AcqRel)
}

/// Watches a signal from now on: its default action does not happen any more.
///
/// # Errors
/// `EINVAL` for the signals that cannot be caught; what the operating system says.
pub fn watch(signal: i32) -> io::Result<()> {
    // The command watches the interrupt itself, from the beginning.
    if signal == SIGINT {
        return Ok(());
    }
    if signal == libc::SIGKILL || signal == libc::SIGSTOP {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    // Faults of the process itself: nothing sensible can follow them.
    if FORBIDDEN.contains(&signal) {
        return Ok(());
    }
    let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
    match &mut *watched {
        Some(watch) => {
            if watch.signals.insert(signal) {
                watch.handle.add_signal(signal)?;
            }
        }
        None => {
            let mut signals = Signals::new([signal])?;
            let handle = signals.handle();
            std::thread::Builder::new().name("signals".to_owned()).spawn(move || signals.forever().for_each(note))?;
            *watched = Some(Watch { handle, signals: BTreeSet::from([signal]) });
        }
    }
    Ok(())
}

/// Does what the signal does to a process that does not care for it.
///
/// # Errors
/// What the operating system says.
pub fn act_by_default(signal: i32) -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)
}

/// Sends a signal to the own process.
///
/// # Errors
/// What the operating system says.
pub fn raise(signal: i32) -> io::Result<()> {
    signal_hook::low_level::raise(signal)
}

/// Sends the alarm signal after a while and then at every interval, if there is one, as long as `due` says so.
///
/// # Errors
/// What the operating system says about a thread more.
pub fn start_alarm(first: Duration, interval: Duration, mut due: Box<dyn FnMut() -> bool + Send>) -> io::Result<()> {
    let sleeper = move || {
        let mut pause = first;
        loop {
            #[expect(clippy::disallowed_methods, reason = "this is the host's way to let time pass")]
            std::thread::sleep(pause);
            if !due() {
                return;
            }
            // The program may have a handler or not: the system knows.
            let _ = super::process::send_signal(std::process::id().cast_signed(), libc::SIGALRM);
            if interval.is_zero() {
                return;
            }
            pause = interval;
        }
    };
    std::thread::Builder::new().name("alarm".to_owned()).spawn(sleeper)?;
    Ok(())
}
