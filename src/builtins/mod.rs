//! The functions of module `builtins`, by theme.
//!
//! Each theme has a table of natives; [`install`] makes functions of all of them and puts the built-in classes and
//! exceptions beside them.

pub mod classes;
pub mod execution;
pub mod inspection;
pub mod io;
pub mod iteration;
pub mod numbers;

use crate::objects::ctx::Ctx;
use crate::objects::module;
use crate::objects::native::NativeDef;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;

/// One table per theme.
const TABLES: &[&[NativeDef]] = &[
    classes::FUNCTIONS,
    execution::FUNCTIONS,
    inspection::FUNCTIONS,
    io::FUNCTIONS,
    iteration::FUNCTIONS,
    numbers::FUNCTIONS,
];

/// Fills the namespace of `builtins` and makes the module.
pub fn install(ctx: &mut Ctx) {
    let dict = ctx.builtins.clone();
    for table in TABLES {
        for def in *table {
            dict.set_str(&intern(def.name()), new_function("builtins", def));
        }
    }
    for (name, class) in ctx.types.named() {
        dict.set_str(&intern(name), class.into_value());
    }
    for (name, class) in ctx.exceptions.all() {
        dict.set_str(&intern(name), class.into_value());
    }
    for (name, exception) in [("EnvironmentError", &ctx.exceptions.OSError), ("IOError", &ctx.exceptions.OSError)] {
        dict.set_str(&intern(name), exception.value().clone());
    }
    for (name, value) in [
        ("None", Value::NONE),
        ("True", Value::TRUE),
        ("False", Value::FALSE),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("Ellipsis", Value::ELLIPSIS),
        ("__debug__", Value::TRUE),
    ] {
        dict.set_str(&intern(name), value);
    }
    let module = module::with_dict(dict);
    module.dict.set_str(&ctx.names.__name__, ctx.names.builtins.clone());
    let name = ctx.names.builtins.clone();
    ctx.modules.set_str(&name, module.into_value());
}
