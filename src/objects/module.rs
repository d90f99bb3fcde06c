//! Modules: a namespace with a name.

use super::dict::Dict;
use super::heap::{Payload, Ref, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
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
pub fn new_module(ctx: &super::ctx::Ctx, name: &str, doc: Option<&str>) -> Ref<Module> {
    let dict = super::dict::new_dict();
    let names = &ctx.names;
    dict.set_str(&names.__name__, super::string::intern(name));
    dict.set_str(&names.__doc__, doc.map_or(Value::NONE, |doc| super::string::new_str(doc).into_value()));
    dict.set_str(&names.__package__, Value::NONE);
    dict.set_str(&names.__loader__, Value::NONE);
    dict.set_str(&names.__spec__, Value::NONE);
    alloc(ShapeId::exact(Kind::Module), Module { dict })
}
