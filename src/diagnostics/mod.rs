//! Errors as people read them.
//!
//! Two ways lead out of here. [`traceback`] writes CPython's text byte for byte, with the marks under lines ([`carets`]) and
//! the guesses at what a misspelt name was meant to be ([`suggestions`]). The other one explains: the [`reporter`] takes what
//! the hooks of the program would show, asks the [`rules`] which mistake of the [`catalog`] it is, and has the [`report`]
//! drawn ([`render`]) or written as [`json`]. What objects do not know of themselves, the [`recorder`] has noted.

pub mod carets;
pub mod catalog;
mod excerpt;
pub mod explain;
mod held;
pub mod json;
pub mod language;
pub mod loop_facts;
mod notes;
pub mod recorder;
pub mod removals;
pub mod render;
pub mod report;
pub mod reporter;
pub mod rules;
pub mod source;
mod story;
pub mod suggestions;
pub mod traceback;
mod words;
mod wrap;

#[cfg(test)]
mod tests;
