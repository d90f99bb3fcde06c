//! Module `sys`: what the program can ask of, and tell, the interpreter.
//!
//! Source: Standard Library, "sys".

use super::finding::LIBRARY;
use crate::objects::ctx::Ctx;
use crate::objects::list::new_list;
use crate::objects::module;
use crate::objects::string::{intern, new_str};

/// Makes the module and puts it into `sys.modules`.
pub(super) fn install(ctx: &mut Ctx) {
    let dict = ctx.sys.clone();
    let module = module::with_dict(dict.clone());
    dict.set_str(&ctx.names.__name__, ctx.names.sys.clone());
    dict.set_str(&ctx.names.path, new_list(vec![new_str(LIBRARY).into_value()]).into_value());
    dict.set_str(&ctx.names.modules, ctx.modules.value().clone());
    dict.set_str(&intern("meta_path"), new_list(Vec::new()).into_value());
    let name = ctx.names.sys.clone();
    ctx.modules.set_str(&name, module.into_value());
}
