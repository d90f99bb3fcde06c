//! Modules: a namespace with a name.

use super::ctx::Ctx;
use super::dict::Dict;
use super::heap::{Payload, Ref, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::string::Str;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `module`.
pub struct Module {
    /// `__dict__`
    pub dict: Ref<Dict>,
}

impl Payload for Module {
    const KIND: Kind = Kind::Module;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        visit(self.dict.value());
    }

    fn clear(&self) {
        self.dict.clear();
    }
}

/// A module with the usual attributes.
pub fn new_module(ctx: &Ctx, name: &str, doc: Option<&str>) -> Ref<Module> {
    let dict = super::dict::new_dict();
    let names = &ctx.names;
    dict.set_str(&names.__name__, super::string::intern(name));
    dict.set_str(&names.__doc__, doc.map_or(Value::NONE, |doc| super::string::new_str(doc).into_value()));
    dict.set_str(&names.__package__, Value::NONE);
    dict.set_str(&names.__loader__, Value::NONE);
    dict.set_str(&names.__spec__, Value::NONE);
    alloc(ShapeId::exact(Kind::Module), Module { dict })
}

/// An attribute that a module does not have: its `__getattr__` is asked (PEP 562), then AttributeError is raised.
///
/// # Errors
/// AttributeError; what `__getattr__` raises.
pub fn missing_attribute(ctx: &mut Ctx, module: &Value, name: &Value) -> PyResult {
    let Some(payload) = module.downcast_ref::<Module>() else {
        return Err(protocol::no_attribute(ctx, module, name));
    };
    if let Some(hook) = payload.dict.get_str(&ctx.names.__getattr__) {
        return protocol::call(ctx, &hook, std::slice::from_ref(name));
    }
    let text = |value: Option<Value>| value.and_then(|v| v.downcast::<Str>()).map(|text| text.as_str().to_owned());
    let own = text(payload.dict.get_str(&ctx.names.__name__));
    let wanted = text(Some(name.clone())).unwrap_or_default();
    let message = match own {
        Some(own) => format!("module '{own}' has no attribute '{wanted}'"),
        None => format!("module has no attribute '{wanted}'"),
    };
    Err(protocol::attribute::attribute_error_for(ctx, message, module, name))
}
