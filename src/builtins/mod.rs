//! The functions of module `builtins`, by theme.
//!
//! Each theme has a table of natives; [`install`] makes functions of all of them and puts the built-in classes and
//! exceptions beside them.

use crate::objects::ctx::Ctx;
use crate::objects::native::NativeDef;
use crate::objects::string::intern;
use crate::objects::types::new_function;

pub mod classes;
pub mod iteration;

/// The tables of functions of module `builtins`.
pub fn tables() -> Vec<&'static [NativeDef]> {
    vec![classes::FUNCTIONS, iteration::FUNCTIONS]
}

/// Fills the namespace of `builtins` with functions and classes.
pub fn install(ctx: &mut Ctx) {
    for def in tables().into_iter().flatten() {
        ctx.builtins.set_str(&intern(def.name()), new_function("builtins", def));
    }
    for (name, class) in ctx.types.named() {
        ctx.builtins.set_str(&intern(name), class.into_value());
    }
}
