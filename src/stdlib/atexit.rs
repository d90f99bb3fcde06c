//! Module `atexit`: functions that run when the program ends, last registered first.

use crate::objects::arguments::{keywords, positional};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{instance, int, module, protocol};

crate::natives! { static FUNCTIONS:
    /// Register a function to be executed upon normal program termination
    ///
    /// func - function to be called at exit
    /// args - optional arguments to pass to func
    /// kwargs - optional keyword arguments to pass to func
    ///
    /// func is returned to facilitate usage as a decorator.
    function "register(func, /, *args, **kwargs)" => register;
    /// Unregister an exit function which was previously registered using
    /// atexit.register
    function "unregister(func, /)" => unregister;
    /// Clear the list of previously registered exit functions.
    function "_clear()" => |ctx, _| { drop(std::mem::take(&mut ctx.state::<Registered>().calls)); Ok(Value::NONE) };
    /// Run all registered exit functions.
    function "_run_exitfuncs()" => |ctx, _| { run(ctx); Ok(Value::NONE) };
    /// Return the number of registered exit functions.
    function "_ncallbacks()" => |ctx, _| Ok(int::from_usize(ctx.state::<Registered>().calls.len()));
}

/// The calls to be made: function, arguments, keyword arguments.
#[derive(Default)]
struct Registered {
    calls: Vec<(Value, Value, Value)>,
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "atexit", Some("Functions that run when the program ends."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("atexit", def));
    }
    Ok(module.into_value())
}

fn register(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !protocol::is_callable(ctx, &args[0]) {
        return Err(ctx.type_error("the first argument must be callable"));
    }
    let call = (args[0].clone(), args[1].clone(), args[2].clone());
    ctx.state::<Registered>().calls.push(call);
    Ok(args[0].clone())
}

fn unregister(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let all: Vec<Value> = ctx.state::<Registered>().calls.iter().map(|(function, ..)| function.clone()).collect();
    let mut kept = Vec::new();
    for function in &all {
        kept.push(!protocol::compare::equal(ctx, function, &args[0])?);
    }
    let mut kept = kept.into_iter();
    let calls = std::mem::take(&mut ctx.state::<Registered>().calls);
    let (calls, gone): (Vec<_>, Vec<_>) = calls.into_iter().partition(|_| kept.next().unwrap_or(true));
    ctx.state::<Registered>().calls = calls;
    drop(gone);
    Ok(Value::NONE)
}

/// Makes the calls. What they raise is shown and stops nothing.
pub(super) fn run(ctx: &mut Ctx) {
    while let Some((function, args, kwargs)) = ctx.state::<Registered>().calls.pop() {
        let called = protocol::call_keywords(ctx, &function, positional(&args), &keywords(&kwargs));
        if let Err(Raised(())) = called {
            show_failure(ctx, &function);
        }
    }
}

fn show_failure(ctx: &mut Ctx, function: &Value) {
    let exception = std::mem::take(&mut ctx.raised);
    let Some(hook) = ctx.sys.get_str(&ctx.names.unraisablehook) else { return };
    let message = match protocol::text::repr_string(ctx, function) {
        Ok(shown) => format!("Exception ignored in atexit callback {shown}"),
        Err(Raised(())) => "Exception ignored in atexit callback".to_owned(),
    };
    let traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
    let arguments = instance::new_instance(&ctx.types.simple_namespace);
    for (name, value) in [
        ("exc_type", protocol::class_of(ctx, &exception).into_value()),
        ("exc_value", exception),
        ("exc_traceback", traceback),
        ("err_msg", ctx.str(message)),
        ("object", Value::NONE),
    ] {
        arguments.set_attribute(&intern(name), value);
    }
    if let Err(Raised(())) = protocol::call(ctx, &hook, &[arguments.into_value()]) {
        ctx.raised = Value::EMPTY;
    }
}
