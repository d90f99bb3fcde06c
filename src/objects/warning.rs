//! Warnings that the interpreter itself issues, by way of module `warnings`.

use super::class::Class;
use super::ctx::Ctx;
use super::heap::Ref;
use super::native::PyResult;
use super::value::Value;

/// Issues a warning at the line of the caller that is `stack_level` frames up (1 is the running frame).
///
/// # Errors
/// The warning itself, when the filters make it an error.
pub fn warn(_ctx: &mut Ctx, _category: &Ref<Class>, _message: &Value, _stack_level: u32) -> PyResult<()> {
    Ok(())
}
