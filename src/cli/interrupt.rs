//! Ctrl-C: the first one becomes KeyboardInterrupt in the program, a second one before the program has noticed ends the
//! process.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use coil::host::{WakeHandle, signals};
use coil::objects::heap::attention;

/// The attention word of the interpreter that is to be told.
static TOLD: OnceLock<Mutex<Option<Arc<AtomicU32>>>> = OnceLock::new();

/// Starts listening. Every interrupt ends the host's waiting.
pub(crate) fn watch(host: WakeHandle) {
    // Every signal that the program handles takes this way.
    signals::tell(Box::new(move || {
        if let Some(word) = told() {
            word.fetch_or(attention::INTERRUPT, Ordering::Relaxed);
        }
        host.wake();
    }));
    // Without a handler the signal ends the process, which is no reason not to start.
    let _ = ctrlc::set_handler(|| {
        let noticed = told().is_some_and(|word| word.load(Ordering::Relaxed) & attention::INTERRUPT == 0);
        if !noticed {
            std::process::exit(130);
        }
        signals::note(signal_hook::consts::SIGINT);
    });
}

fn told() -> Option<Arc<AtomicU32>> {
    TOLD.get().and_then(|told| told.lock().ok()?.clone())
}

/// Names the interpreter that is to be told.
pub(crate) fn serve(attention: &Arc<AtomicU32>) {
    if let Ok(mut told) = TOLD.get_or_init(|| Mutex::new(None)).lock() {
        *told = Some(Arc::clone(attention));
    }
}
