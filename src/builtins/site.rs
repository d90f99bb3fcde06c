//! What module `site` of CPython puts into `builtins`: `exit`, `quit`, `copyright`, `credits`, `license`, `help`; and
//! `breakpoint`.

use crate::objects::arguments::{given, keywords, positional};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::heap::Ref;
use crate::objects::instance::{Instance, new_instance};
use crate::objects::kind::Kind;
use crate::objects::native::{NativeDef, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::{intern, new_str};
use crate::objects::value::Value;

crate::natives! { pub(crate) static FUNCTIONS:
    /// Call sys.breakpointhook(*args, **kws).
    ///
    /// sys.breakpointhook() must accept whatever arguments are passed.
    ///
    /// By default, this drops you into the pdb debugger.
    function "breakpoint(*args, **kws)" => breakpoint;
}

crate::natives! { static QUITTER:
    method "__repr__(self, /)" => |_, args| Ok(field(&args[0], "text"));
    method "__call__(self, /, code=None)" => quit;
}

crate::natives! { static PRINTER:
    method "__repr__(self, /)" => |_, args| Ok(field(&args[0], "text"));
    method "__call__(self, /)" => show;
}

crate::natives! { static HELPER:
    method "__repr__(self, /)" => |_, _| Ok(intern("Type help() for interactive help, or help(object) for help about object."));
    method "__call__(self, /, *args, **kwds)" => help;
}

const COPYRIGHT: &str = "Copyright (c) the authors of Coil.";
const CREDITS: &str =
    "    Thanks to the Python community, whose language this is. See www.python.org for more information.";
const LICENSE: &str = "Coil may be used under the MIT license or the Apache License, Version 2.0.";

/// Puts the objects into `builtins`.
pub(super) fn install(ctx: &mut Ctx) {
    let class = |name: &str, table: &'static [NativeDef]| -> Ref<Class> {
        let object = ctx.types.object.clone();
        ctx.types.define_class(name, "_sitebuiltins", "", &[&object], Kind::Instance, flags::HAS_DICT, &[table])
    };
    let (quitter, printer, helper) = (class("Quitter", QUITTER), class("_Printer", PRINTER), class("_Helper", HELPER));
    let object = |class: &Ref<Class>, name: &str, text: String| {
        let object = new_instance(class);
        object.set_attribute(&intern("name"), intern(name));
        object.set_attribute(&intern("text"), new_str(text).into_value());
        object.into_value()
    };
    for name in ["exit", "quit"] {
        let text = format!("Use {name}() or Ctrl-D (i.e. EOF) to exit");
        ctx.builtins.set_str(&intern(name), object(&quitter, name, text));
    }
    for (name, text) in [("copyright", COPYRIGHT), ("credits", CREDITS), ("license", LICENSE)] {
        ctx.builtins.set_str(&intern(name), object(&printer, name, text.to_owned()));
    }
    ctx.builtins.set_str(&intern("help"), object(&helper, "help", String::new()));
}

fn field(value: &Value, name: &str) -> Value {
    value.downcast_ref::<Instance>().and_then(|object| object.attribute(&intern(name))).unwrap_or(Value::NONE)
}

fn quit(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // Shells that read from sys.stdin should see its end.
    if let Some(stdin) = ctx.sys.get_str(&ctx.names.stdin).filter(|stdin| !stdin.is_none())
        && let Err(Raised(())) = protocol::call_method(ctx, &stdin, "close", &[])
    {
        ctx.raised = Value::EMPTY;
    }
    let class = ctx.exceptions.SystemExit.clone();
    let code = given(&args[1]).cloned().unwrap_or(Value::NONE);
    let exception = protocol::call(ctx, class.value(), &[code])?;
    Err(ctx.raise_value(exception))
}

/// Writes text and a line end to `sys.stdout`.
fn write_line(ctx: &mut Ctx, text: &Value) -> PyResult {
    if let Some(out) = ctx.sys.get_str(&ctx.names.stdout).filter(|out| !out.is_none()) {
        protocol::call_method(ctx, &out, "write", std::slice::from_ref(text))?;
        protocol::call_method(ctx, &out, "write", &[intern("\n")])?;
    }
    Ok(Value::NONE)
}

fn show(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    write_line(ctx, &field(&args[0], "text"))
}

/// `pydoc.help`, which is imported when it is first asked for.
fn help(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let import = ctx.builtins.get_str(&ctx.names.__import__).unwrap_or(Value::NONE);
    let module = protocol::call(ctx, &import, &[intern("pydoc")])?;
    let help = protocol::get_attr(ctx, &module, &intern("help"))?;
    protocol::call_keywords(ctx, &help, positional(&args[1]), &keywords(&args[2]))
}

fn breakpoint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match ctx.sys.get_str(&ctx.names.breakpointhook) {
        Some(hook) => protocol::call_keywords(ctx, &hook, positional(&args[0]), &keywords(&args[1])),
        None => Err(ctx.runtime_error("lost sys.breakpointhook")),
    }
}
