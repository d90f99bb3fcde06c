//! Tests of the modules that hold unsafe code, small enough to run under Miri:
//! `MIRIFLAGS="-Zmiri-permissive-provenance -Zmiri-ignore-leaks" cargo +nightly miri test --lib memory_tests`.
//!
//! Provenance is exposed because a value word is an integer; leaks are ignored because a thread's heap keeps its pages
//! until the process ends. Each file has one theme: the word, texts, the heap, shapes, frames, delegation chains. Those
//! of the first four need no interpreter.

mod chains;
mod frames;
mod heap;
mod shapes;
mod text;
mod value;

use crate::Interpreter;
use crate::host::TestHost;
use crate::objects::heap::collect;

/// How large a test makes things: as it says, or less where every step is checked.
fn size(usual: usize) -> usize {
    if cfg!(miri) { usual / 100 + 60 } else { usual }
}

/// Runs a program and compares what it prints.
fn prints(source: &str, expected: &str) {
    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
    let status = interpreter.run_main(source.as_bytes(), "<test>");
    let host = interpreter.host::<TestHost>().map(|host| (host.output(), host.errors())).unwrap_or_default();
    assert_eq!((host.0.as_str(), host.1.as_str(), status), (expected, "", 0));
}

/// Runs one program, collects cycles, runs the finalisers that this asks for, and goes on with another program in the
/// same namespace; compares what both print.
fn prints_around_collection(before: &str, after: &str, expected: &str) {
    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
    let result = interpreter.run_in_main(before.as_bytes(), "<before>");
    assert!(result.is_ok());
    collect();
    let ctx = interpreter.ctx();
    (ctx.door.run_pending)(ctx);
    collect();
    let result = interpreter.run_in_main(after.as_bytes(), "<after>");
    assert_eq!(interpreter.finish(result), 0);
    assert_eq!(interpreter.host::<TestHost>().map(|host| host.output()).as_deref(), Some(expected));
}
