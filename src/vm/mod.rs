//! The virtual machine: the interpreter loop and what moves control between frames.
//!
//! [`run`] is the only loop; [`call`] binds arguments and prepares frames; [`resume`] sends, throws and closes;
//! [`transfer`] delivers results and exceptions to whatever frame is next on the chain; [`finalize`] runs what waits in
//! the pending queue; [`ops`] holds the bodies of opcodes that are too long, or too rare, for the loop.

pub(crate) mod call;
pub(crate) mod finalize;
pub(crate) mod ops;
pub(crate) mod resume;
pub(crate) mod run;
pub(crate) mod transfer;
