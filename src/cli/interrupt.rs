//! Ctrl-C: the first one becomes KeyboardInterrupt in the program, a second one before the program has noticed ends the
//! process.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use coil::host::WakeHandle;
use coil::objects::heap::attention;

/// The attention word of the interpreter that is to be told.
static TOLD: OnceLock<Mutex<Option<Arc<AtomicU32>>>> = OnceLock::new();

/// Starts listening. Every interrupt ends the host's waiting.
pub(crate) fn watch(host: WakeHandle) {
    // Without a handler the signal ends the process, which is no reason not to start.
    let _ = ctrlc::set_handler(move || {
        let told = TOLD.get().and_then(|told| told.lock().ok()?.clone());
        match told {
            Some(word) => {
                let before = word.fetch_or(attention::INTERRUPT, Ordering::Relaxed);
                if before & attention::INTERRUPT != 0 {
                    std::process::exit(130);
                }
                host.wake();
            }
            None => std::process::exit(130),
        }
    });
}

/// Names the interpreter that is to be told.
pub(crate) fn serve(attention: &Arc<AtomicU32>) {
    if let Ok(mut told) = TOLD.get_or_init(|| Mutex::new(None)).lock() {
        *told = Some(Arc::clone(attention));
    }
}
