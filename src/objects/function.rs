//! Functions and bound methods.

use super::code::Code;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static BOUND_METHODS:
}

/// The payload of `function`.
pub struct Function {
    /// `__code__`
    pub code: Slot,
    /// `__globals__`, a dict.
    pub globals: Slot,
    /// `__closure__`: a tuple of cells, or empty.
    pub closure: Slot,
    /// `__defaults__`: a tuple, or empty.
    pub defaults: Slot,
    /// `__kwdefaults__`: a dict, or empty.
    pub kwdefaults: Slot,
    /// `__name__`
    pub name: Slot,
    /// `__qualname__`
    pub qualname: Slot,
    /// `__doc__`
    pub doc: Slot,
    /// `__module__`
    pub module: Slot,
    /// `__annotations__`: a dict, the flat tuple that it is made of on demand, or empty.
    pub annotations: Slot,
    /// `__type_params__`: a tuple, or empty.
    pub type_params: Slot,
    /// `__dict__`: a dict, or empty until asked for.
    pub attrs: Slot,
}

impl Payload for Function {
    const KIND: Kind = Kind::Function;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in self.slots() {
            slot.peek(&mut *visit);
        }
    }

    fn clear(&self) {
        // The code stays: frames of this function may still be around.
        for slot in self.slots().into_iter().skip(1) {
            slot.take();
        }
    }
}

impl Function {
    fn slots(&self) -> [&Slot; 12] {
        [
            &self.code,
            &self.globals,
            &self.closure,
            &self.defaults,
            &self.kwdefaults,
            &self.name,
            &self.qualname,
            &self.doc,
            &self.module,
            &self.annotations,
            &self.type_params,
            &self.attrs,
        ]
    }

    /// Looks at the code.
    #[inline]
    pub fn with_code<R>(&self, look: impl FnOnce(&Obj<Code>) -> R) -> R {
        let code = self.code.get();
        match code.downcast_ref::<Code>() {
            Some(code) => look(code),
            None => unreachable!("a function without code"),
        }
    }
}

/// The payload of `method`: a callable with its first argument.
pub struct BoundMethod {
    /// `__func__`
    pub func: Slot,
    /// `__self__`
    pub this: Slot,
}

impl Payload for BoundMethod {
    const KIND: Kind = Kind::BoundMethod;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.func.peek(&mut *visit);
        self.this.peek(visit);
    }

    fn clear(&self) {
        self.func.take();
        self.this.take();
    }
}

/// Binds a callable to its first argument.
pub fn new_bound_method(func: Value, this: Value) -> Ref<BoundMethod> {
    alloc(ShapeId::exact(Kind::BoundMethod), BoundMethod { func: Slot::new(func), this: Slot::new(this) })
}
