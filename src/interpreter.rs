//! The public facade: an interpreter with the built-in modules wired in.
//!
//! ```
//! use coil::Interpreter;
//! use coil::host::TestHost;
//!
//! let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
//! let code = interpreter.run_source(b"print(1 + 2)\n", "<example>");
//! assert_eq!(code, 0);
//! assert_eq!(interpreter.host::<TestHost>().unwrap().output(), "3\n");
//! ```


use crate::compiler;
use crate::host::Host;
use crate::objects::ctx::{CompileMode, Ctx, Door};
use crate::objects::native::PyResult;
use crate::objects::observer::Observer;
use crate::objects::{code, protocol};
use crate::objects::value::Value;
use crate::{builtins, stdlib, vm};

/// An interpreter: built-in classes, modules and the virtual machine.
pub struct Interpreter {
    ctx: Ctx,
}
