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
pub mod site;

use crate::objects::ctx::Ctx;
use crate::objects::module;
use crate::objects::native::NativeDef;
use crate::objects::string::{intern, new_str};
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
    site::FUNCTIONS,
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
    site::install(ctx);
    let module = module::with_dict(dict);
    module.dict.set_str(&ctx.names.__name__, ctx.names.builtins.clone());
    module.dict.set_str(
        &ctx.names.__doc__,
        new_str("The functions, classes and constants that every module sees.").into_value(),
    );
    module.dict.set_str(&ctx.names.__package__, ctx.names.empty.clone());
    module.dict.set_str(&ctx.names.__loader__, Value::NONE);
    module.dict.set_str(&ctx.names.__spec__, Value::NONE);
    let name = ctx.names.builtins.clone();
    ctx.modules.set_str(&name, module.into_value());
}
