//! Regular expressions as Python's `re` understands them.
//!
//! A pattern passes through three steps: [`parse`] reads it into a [`tree`] and words every error as CPython does, [`compile`]
//! turns the tree into a flat program, and [`run`] matches the program against a text by backtracking over a stack of its own.
//! [`template`] reads the replacement strings of `sub`, [`class`] knows which characters a set or `\w` contains and which are
//! equal when case is ignored.
//!
//! Why an engine of our own and not a crate's: Python promises things that depend on the order in which alternatives are tried
//! and on what a group holds after a failed try (`lastindex`, groups inside repeats, possessive repeats, an empty match next
//! to another match), and no translation into another dialect keeps them all.
//!
//! A text is UTF-8 or bytes; positions inside are byte offsets, and only the callers turn them into character indexes.
//!
//! Source: Standard Library "re".

pub mod class;
pub mod compile;
pub mod parse;
pub mod run;
pub mod template;
pub mod tree;

pub use compile::Program;
pub use run::{Found, Mode, Run};
pub use tree::Pattern;

/// `re.IGNORECASE`
pub const IGNORECASE: u32 = 2;
/// `re.LOCALE`
pub const LOCALE: u32 = 4;
/// `re.MULTILINE`
pub const MULTILINE: u32 = 8;
/// `re.DOTALL`
pub const DOTALL: u32 = 16;
/// `re.UNICODE`
pub const UNICODE: u32 = 32;
/// `re.VERBOSE`
pub const VERBOSE: u32 = 64;
/// `re.DEBUG`
pub const DEBUG: u32 = 128;
/// `re.ASCII`
pub const ASCII: u32 = 256;

/// What is wrong with a pattern or a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegexError {
    /// `re.PatternError`: message and place, counted in characters.
    Pattern(String, Option<usize>),
    /// ValueError: flags that do not go together.
    Flags(&'static str),
    /// OverflowError: a number in the pattern is too large.
    TooLarge,
    /// RecursionError: groups nested too deep.
    TooDeep,
    /// IndexError: a template names a group that the pattern does not have.
    UnknownGroup(String),
}

/// The repeat count that stands for "without limit".
pub const NO_LIMIT: u32 = u32::MAX;
