//! Module `_coil_types`: what the library's modules in Python need to make classes that look like CPython's classes in C.

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::string::intern;
use crate::objects::types::new_function;

crate::natives! { static FUNCTIONS:
    /// Class decorator: messages name instances with the module of the class (`'datetime.date'`, not `'date'`).
    function "name_fully(cls, /)" => |_, args| {
        if let Some(class) = args[0].downcast_ref::<Class>() {
            class.set_flag(flags::NAMED_FULLY, true);
        }
        Ok(args[0].clone())
    };
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_coil_types", None);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_coil_types", def));
    }
    Ok(module.into_value())
}
