//! `super` objects.

use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Obj, Payload, Slot};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `super`.
pub struct Super {
    /// `__thisclass__`: lookup begins after this class.
    pub class: Slot,
    /// `__self__`: what methods are bound to, or None.
    pub this: Slot,
    /// `__self_class__`: whose MRO is searched, or None.
    pub self_class: Slot,
}

impl Payload for Super {
    const KIND: Kind = Kind::Super;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.class.peek(&mut *visit);
        self.this.peek(&mut *visit);
        self.self_class.peek(visit);
    }

    fn clear(&self) {
        self.class.take();
        self.this.take();
        self.self_class.take();
    }
}

/// `super.__getattribute__`: the attribute of the first class after `__thisclass__` in the MRO, bound to `__self__`.
///
/// # Errors
/// AttributeError; what binding raises.
pub fn get_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    if let Some(payload) = object.downcast_ref::<Super>()
        && !name.is(&ctx.names.__class__)
        && let Some(start) = payload.self_class.get().downcast_ref::<Class>()
        && let Some(value) = lookup_after(ctx, payload, start, name)?
    {
        return Ok(value);
    }
    match protocol::attribute::generic_lookup(ctx, object, name)? {
        Some(value) => Ok(value),
        None => Err(protocol::no_attribute(ctx, object, name)),
    }
}

fn lookup_after(ctx: &mut Ctx, payload: &Super, start: &Obj<Class>, name: &Value) -> PyResult<Option<Value>> {
    let this_class = payload.class.get();
    let mro = start.mro();
    let after = mro.iter().skip_while(|class| !class.is(&this_class)).skip(1);
    let found = after.filter_map(Value::downcast_ref::<Class>).find_map(|class| class.namespace.get_str(name));
    let Some(attribute) = found else { return Ok(None) };
    let this = payload.this.get();
    // A class as __self__ (in a class method) asks for the attribute of the class.
    if this.is(start.to_ref().value()) {
        return protocol::attribute::bind_for_class(ctx, &attribute, start).map(Some);
    }
    protocol::attribute::bind(ctx, &attribute, &this, start).map(Some)
}
