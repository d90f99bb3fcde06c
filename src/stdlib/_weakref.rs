//! Module `_weakref`: weak references; `weakref`, written in Python, builds its dictionaries on it.

use crate::objects::arguments::or_none;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::heap;
use crate::objects::int;
use crate::objects::list::new_list;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::weakref::{self, WeakRef};

crate::natives! { pub(crate) static FUNCTIONS:
    /// Return the number of weak references to 'object'.
    function "getweakrefcount(object, /)" => getweakrefcount;
    /// Return a list of all weak reference objects pointing to 'object'.
    function "getweakrefs(object, /)" => getweakrefs;
    /// Create a proxy object that weakly references 'object'.
    ///
    /// 'callback', if given, is called with a reference to the
    /// proxy when 'object' is about to be finalized.
    function "proxy(object, callback=None, /)" => proxy;
    /// Atomically remove key from dict if it points to a dead weakref.
    function "_remove_dead_weakref(dct, key, /)" => remove_dead_weakref;
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_weakref", Some("Weak-reference support module."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_weakref", def));
    }
    let types = &ctx.types;
    let classes = [
        ("ref", &types.weakref),
        ("ReferenceType", &types.weakref),
        ("ProxyType", &types.weak_proxy),
        ("CallableProxyType", &types.weak_callable_proxy),
    ];
    for (name, class) in classes {
        module.dict.set_str(&intern(name), class.value().clone());
    }
    Ok(module.into_value())
}

fn getweakrefcount(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(int::from_usize(heap::weak_references(&args[0]).len()))
}

fn getweakrefs(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_list(heap::weak_references(&args[0])).into_value())
}

fn proxy(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    weakref::new_proxy(ctx, &args[0], or_none(&args[1]))
}

fn remove_dead_weakref(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(dict) = args[0].downcast_ref::<Dict>() else {
        let message = "_remove_dead_weakref() argument 1 must be dict, not {}";
        return Err(protocol::type_mismatch(ctx, message, &args[0]));
    };
    let Some(value) = dict.get(ctx, &args[1])? else { return Ok(Value::NONE) };
    let Some(reference) = value.downcast_ref::<WeakRef>() else { return Err(ctx.type_error("not a weakref")) };
    if reference.referent().is_none() {
        drop(dict.remove(ctx, &args[1])?);
    }
    Ok(Value::NONE)
}
