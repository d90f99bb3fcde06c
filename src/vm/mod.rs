//! The virtual machine: the interpreter loop and what moves control between frames.
//!
//! [`run`] is the only loop; [`call`] starts calls, [`bind`] brings arguments to parameters, [`instantiate`] calls classes;
//! [`resume`] sends, throws and closes; [`transfer`] delivers results and exceptions to whatever frame is next on the chain;
//! [`door`] lets natives in; [`finalize`] runs what waits in the pending queue; [`threads`] switches threads; [`ops`] holds
//! the bodies of opcodes that are too long, or too rare, for the loop.

pub(crate) mod bind;
pub(crate) mod call;
pub(crate) mod door;
pub(crate) mod finalize;
pub(crate) mod instantiate;
pub(crate) mod ops;
pub(crate) mod resume;
pub(crate) mod run;
pub(crate) mod threads;
pub(crate) mod transfer;

pub(crate) use door::DOOR;

use crate::objects::ctx::Ctx;
use crate::objects::native::PyResult;
use crate::objects::value::Value;

/// Runs the code of a module with its globals as namespace.
///
/// # Errors
/// The exception that the code did not catch.
pub(crate) fn run_code(ctx: &mut Ctx, code: Value, globals: Value) -> PyResult {
    let function = ops::function::make_module_function(ctx, code, globals.clone());
    (ctx.door.run_body)(ctx, &function, &globals)
}
