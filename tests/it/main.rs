//! The integration tests: one binary, data in plain folders, adding a test is adding a file.
//!
//! | module     | data                              | what it asserts                                        |
//! |------------|-----------------------------------|--------------------------------------------------------|
//! | `programs` | `tests/programs`, `samples`       | output equals the golden beside the program            |
//! | `syntax`   | `tests/syntax`                    | trees and syntax errors equal CPython's                |
//! | `bytecode` | `tests/bytecode`                 | the disassembly equals the golden; opcodes are covered  |
//! | `compile`  | `tests/compile`                  | errors and warnings of the compiler equal CPython's    |
//! | `observer` | `tests/observer`                 | what an observer is told, in its order                 |
//! | `diagnostics` | `tests/diagnostics`           | mistakes are explained as the goldens say             |
//! | `drawings` | `tests/drawings`                | errors are drawn well where drawing is hard           |
//! | `notes`    | `samples`, `tests/programs`       | no note on silent mistakes appears on what is right     |
//! | `mutations` | all programs                    | nothing typed makes reading or explaining fail        |
//! | `crash`    | `tests/crash`                     | a hostile program ends with a Python exception, no more |
//! | `deferral` | the library                      | a body compiled later is what it would have been at once |
//! | `check`    | `tests/check`                     | what `coil check` finds and mends                      |
//! | `command`  |                                   | options of the command line                            |
//! | `golden`   | `book`, `samples`                 | `coil test` and `coil run`                             |
//! | `repl`     | `tests/repl`                      | transcripts and sessions on a terminal                 |
//! | `book`     | `book/src`                        | a block of Python prints the block that follows it     |
//! | `threads`  |                                   | threads on a clock of their own: deadlocks, interrupts |
//! | `tidy`     | the repository                    | imports, unsafe code, headers, names of files          |
//!
//! Those that run programs run the built `coil` in a process of its own ([`process`]), so that a crash is a failed
//! program and not a dead test run. What does not work yet stands in `tests/programs/pending.txt`
//! ([`pending`]), and the suite fails when a program fails that is not in that list.
//!
//! Environment: `COIL_TEST_FILTER=text` runs only what has the text in its name, and shows what pending
//! programs do; `COIL_TEST_TIMEOUT=seconds`; `COIL_BIN=path` tests another interpreter; `UPDATE_PENDING=1` rewrites the
//! list. `UPDATE=1` rewrites the goldens that are Coil's own (`bytecode`, `observer`, `diagnostics`, `check`, the screens of
//! `repl`); those that CPython makes are written by `tests/bless.py`.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own data fails, and the line says where")]

mod book;
mod bytecode;
mod check;
mod command;
mod compile;
mod crash;
mod deferral;
mod diagnostics;
mod drawings;
mod golden;
mod mutations;
mod notes;
mod observer;
mod pending;
mod process;
mod programs;
mod repl;
mod syntax;
mod threads;
mod tidy;
