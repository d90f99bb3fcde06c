//! Files: what `open` returns, the standard streams, and files in memory.
//!
//! As in CPython there are layers: a raw file ([`binary`]), a buffered one that shares its stream ([`stream`]), and a
//! text file around that one ([`text`]). [`base`] has what programs' own file classes inherit. Source: Standard Library,
//! "io".

mod base;
mod binary;
mod classes;
mod construct;
mod memory;
mod stream;
mod text;

pub use construct::{flush_all, standard_file};

pub(crate) use classes::classes;
pub(crate) use construct::FUNCTIONS;
pub(crate) use text::{is_plain_output, write_text};

/// `io.DEFAULT_BUFFER_SIZE`
pub const DEFAULT_BUFFER_SIZE: usize = stream::CHUNK;
