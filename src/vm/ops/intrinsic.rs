//! Functions that only compiled code calls.

use crate::code::Intrinsic;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::frame::Frame;
use crate::objects::function::Function;
use crate::objects::heap::Obj;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::{self, Tuple};
use crate::objects::value::Value;

/// `CallIntrinsic1`
///
/// # Errors
/// What the function raises.
pub(crate) fn one(ctx: &mut Ctx, frame: &Obj<Frame>, intrinsic: Intrinsic, value: &Value) -> PyResult {
    let value = value.clone();
    match intrinsic {
        Intrinsic::Print => {
            let hook = ctx.sys.get_str(&ctx.names.displayhook);
            match hook {
                Some(hook) => protocol::call(ctx, &hook, &[value]),
                None => Err(ctx.runtime_error("lost sys.displayhook")),
            }
        }
        Intrinsic::ImportStar => import_star(ctx, frame, &value),
        Intrinsic::ListToTuple => Ok(match value.downcast_ref::<List>() {
            Some(list) => tuple::new_tuple(list.to_vec()).into_value(),
            None => value,
        }),
        Intrinsic::TypeVar => typing(ctx, "TypeVar", &[value]),
        Intrinsic::ParamSpec => typing(ctx, "ParamSpec", &[value]),
        Intrinsic::TypeVarTuple => typing(ctx, "TypeVarTuple", &[value]),
        Intrinsic::SubscriptGeneric => typing(ctx, "subscript_generic", &[value]),
        Intrinsic::TypeAlias => match value.downcast_ref::<Tuple>() {
            Some(parts) => typing(ctx, "type_alias", parts.items()),
            None => Ok(value),
        },
        _ => Err(ctx.system_error(format!("intrinsic {} takes two arguments", intrinsic.text()))),
    }
}

/// `CallIntrinsic2`
///
/// # Errors
/// What the function raises.
pub(crate) fn two(ctx: &mut Ctx, intrinsic: Intrinsic, first: &Value, second: &Value) -> PyResult {
    let (first, second) = (first.clone(), second.clone());
    match intrinsic {
        Intrinsic::TypeVarWithBound => typing(ctx, "type_var_with_bound", &[first, second]),
        Intrinsic::TypeVarWithConstraints => typing(ctx, "type_var_with_constraints", &[first, second]),
        Intrinsic::SetTypeParamDefault => typing(ctx, "set_type_param_default", &[first, second]),
        Intrinsic::SetFunctionTypeParams => {
            if let Some(function) = first.downcast_ref::<Function>() {
                function.type_params.set(second);
            }
            Ok(first)
        }
        Intrinsic::PrepReraiseStar => crate::objects::exception_group::prep_reraise_star(ctx, &first, &second),
        _ => Err(ctx.system_error(format!("intrinsic {} takes one argument", intrinsic.text()))),
    }
}

/// Type parameters are made by functions of the module `_typing`, written in Python.
fn typing(ctx: &mut Ctx, name: &str, args: &[Value]) -> PyResult {
    let module = super::import::import_module(ctx, "_typing")?;
    let function = protocol::get_attr(ctx, &module, &intern(name))?;
    protocol::call(ctx, &function, args)
}

/// `from module import *`: the names in `__all__`, or all that do not begin with an underscore.
fn import_star(ctx: &mut Ctx, frame: &Obj<Frame>, module: &Value) -> PyResult {
    let namespace = frame.local(0);
    let all = ctx.names.__all__.clone();
    let names = match protocol::get_attr_optional(ctx, module, &all)? {
        Some(all) => protocol::collect(ctx, &all)?,
        None => match module.downcast_ref::<Module>() {
            Some(module) => module
                .dict
                .entries()
                .into_iter()
                .map(|(key, _)| key)
                .filter(|key| key.downcast_ref::<Str>().is_some_and(|key| !key.as_str().starts_with('_')))
                .collect(),
            None => {
                let dict = ctx.names.__dict__.clone();
                let dict = protocol::get_attr(ctx, module, &dict)?;
                let keys = protocol::collect(ctx, &dict)?;
                keys.into_iter()
                    .filter(|key| key.downcast_ref::<Str>().is_some_and(|key| !key.as_str().starts_with('_')))
                    .collect()
            }
        },
    };
    for name in names {
        if !name.is_kind::<Str>() {
            let (module_name, class) = (module_name(ctx, module), protocol::class_name(ctx, &name));
            return Err(ctx.type_error(format!("Item in {module_name}.__all__ must be str, not {class}")));
        }
        let value = protocol::get_attr(ctx, module, &name)?;
        match namespace.downcast_ref::<Dict>() {
            Some(dict) => dict.set_str(&name, value),
            None => protocol::set_item(ctx, &namespace, &name, value)?,
        }
    }
    Ok(Value::NONE)
}

fn module_name(ctx: &mut Ctx, module: &Value) -> String {
    let name = ctx.names.__name__.clone();
    match protocol::get_attr_optional(ctx, module, &name) {
        Ok(Some(name)) => name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned()),
        _ => String::new(),
    }
}
