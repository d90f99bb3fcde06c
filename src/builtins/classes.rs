//! `__build_class__`, which a class statement calls.
//!
//! The statement `class C(Base, metaclass=M, flag=True): ...` becomes
//! `__build_class__(body, "C", Base, metaclass=M, flag=True)`. Here the bases that are no classes are resolved
//! (`__mro_entries__`, PEP 560), the metaclass is found, its `__prepare__` makes the namespace, the body fills it, and
//! the metaclass makes the class of it. Source: "Customizing class creation" of the Language Reference.

use crate::objects::arguments::{keywords, positional, text_of};
use crate::objects::cell::CellObject;
use crate::objects::class::Class;
use crate::objects::class_creation::metaclass_of_bases;
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::function::Function;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::{self, Tuple};
use crate::objects::value::Value;

crate::natives! { pub(crate) static FUNCTIONS:
    /// __build_class__(func, name, /, *bases, [metaclass], **kwds) -> class
    ///
    /// Internal helper function used by the class statement.
    function "__build_class__(*args, **kwargs)" => build_class;
}

fn build_class(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let [body, name, bases @ ..] = positional(&args[0]) else {
        return Err(ctx.type_error("__build_class__: not enough arguments"));
    };
    if !body.is_kind::<Function>() {
        return Err(ctx.type_error("__build_class__: func must be a function"));
    }
    if !name.is_kind::<Str>() {
        return Err(ctx.type_error("__build_class__: name is not a string"));
    }
    let resolved = resolve_bases(ctx, bases)?;
    let changed = resolved.is_some();
    let bases = resolved.unwrap_or_else(|| bases.to_vec());
    let mut kwargs = keywords(&args[1]);
    let asked = kwargs.iter().position(|(key, _)| text_of(key) == "metaclass").map(|place| kwargs.remove(place).1);
    let meta = match (asked, bases.first()) {
        (Some(meta), _) => meta,
        (None, Some(base)) => protocol::class_of(ctx, base).into_value(),
        (None, None) => ctx.types.type_.value().clone(),
    };
    let meta = match meta.downcast::<Class>() {
        Some(class) => metaclass_of_bases(ctx, &class, &bases)?.into_value(),
        None => meta,
    };
    let bases_tuple = tuple::new_tuple(bases).into_value();
    let namespace = prepare(ctx, &meta, name, &bases_tuple, &kwargs)?;
    let cell = (ctx.door.run_body)(ctx, body, &namespace)?;
    if changed {
        let original = tuple::new_tuple(positional(&args[0])[2..].to_vec()).into_value();
        protocol::set_item(ctx, &namespace, &intern("__orig_bases__"), original)?;
    }
    let class = protocol::call_keywords(ctx, &meta, &[name.clone(), bases_tuple, namespace], &kwargs)?;
    check_class_cell(ctx, &class, name, &cell)?;
    Ok(class)
}

/// The bases with those replaced that have `__mro_entries__`; None when there are none.
///
/// # Errors
/// TypeError when the method returns no tuple; what it raises.
pub fn resolve_bases(ctx: &mut Ctx, bases: &[Value]) -> PyResult<Option<Vec<Value>>> {
    let name = ctx.names.__mro_entries__.clone();
    let mut resolved: Option<Vec<Value>> = None;
    for (index, base) in bases.iter().enumerate() {
        let method = if base.is_kind::<Class>() { None } else { protocol::get_attr_optional(ctx, base, &name)? };
        let Some(method) = method else {
            if let Some(list) = &mut resolved {
                list.push(base.clone());
            }
            continue;
        };
        let all = tuple::new_tuple(bases.to_vec()).into_value();
        let entries = protocol::call(ctx, &method, &[all])?;
        let Some(entries) = entries.downcast_ref::<Tuple>() else {
            return Err(ctx.type_error("__mro_entries__ must return a tuple"));
        };
        resolved.get_or_insert_with(|| bases[..index].to_vec()).extend(entries.items().iter().cloned());
    }
    Ok(resolved)
}

fn prepare(ctx: &mut Ctx, meta: &Value, name: &Value, bases: &Value, kwargs: &[(Value, Value)]) -> PyResult {
    let hook = ctx.names.__prepare__.clone();
    let Some(hook) = protocol::get_attr_optional(ctx, meta, &hook)? else { return Ok(dict::new_dict().into_value()) };
    let namespace = protocol::call_keywords(ctx, &hook, &[name.clone(), bases.clone()], kwargs)?;
    let is_mapping =
        namespace.is_kind::<Dict>() || protocol::lookup_special(ctx, &namespace, &ctx.names.__getitem__).is_some();
    if is_mapping {
        return Ok(namespace);
    }
    let meta = meta.downcast_ref::<Class>().map_or_else(|| "<metaclass>".to_owned(), |class| class.name_string());
    let message = format!("{meta}.__prepare__() must return a mapping, not {{}}");
    Err(protocol::type_mismatch(ctx, &message, &namespace))
}

/// The body returns the cell of `__class__` when a method refers to it; by now the class must be in it.
fn check_class_cell(ctx: &mut Ctx, class: &Value, name: &Value, cell: &Value) -> PyResult<()> {
    let (Some(cell), true) = (cell.downcast_ref::<CellObject>(), class.is_kind::<Class>()) else { return Ok(()) };
    let content = cell.content.get();
    if content.is(class) {
        return Ok(());
    }
    let name = text_of(name);
    let shown = protocol::text::repr_string(ctx, class)?;
    if content.is_empty() {
        return Err(ctx.runtime_error(format!(
            "__class__ not set defining '{name}' as {shown}. Was __classcell__ propagated to type.__new__?"
        )));
    }
    let set = protocol::text::repr_string(ctx, &content)?;
    Err(ctx.type_error(format!("__class__ set to {set} defining '{name}' as {shown}")))
}
