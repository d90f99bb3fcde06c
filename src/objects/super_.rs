//! `super` objects.
//!
//! `super(C, x).m` finds `m` in the classes after `C` in the method resolution order of `x`'s class, and binds it to
//! `x`. Without arguments, `C` is the class whose body the running function stands in (its `__class__` cell) and `x` is
//! the function's first argument. Source: the Library Reference, `super`; PEP 3135.

use super::arguments::{bad_self, keywords, positional};
use super::cell::CellObject;
use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Obj, Payload, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::value::Value;
use crate::code::SlotKind;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return getattr(self, name).
    method "__getattribute__(self, name, /)" => getattribute;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get;
    /// member: the class invoking super()
    getter "__thisclass__(self)" => this_class;
    /// member: the instance invoking super(); may be None
    getter "__self__(self)" => bound_object;
    /// member: the type of the instance invoking super(); may be None
    getter "__self_class__(self)" => self_class;
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
    let found = after.filter_map(Value::downcast_ref::<Class>).find_map(|class| class.namespace().get_str(name));
    let Some(attribute) = found else { return Ok(None) };
    let this = payload.this.get();
    // A class as __self__ (in a class method) asks for the attribute of the class.
    if this.is(start.to_ref().value()) {
        return protocol::attribute::bind_for_class(ctx, &attribute, start).map(Some);
    }
    protocol::attribute::bind(ctx, &attribute, &this, start).map(Some)
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Super>> {
    match value.downcast_ref::<Super>() {
        Some(object) => Ok(object),
        None => Err(bad_self(ctx, value, "super")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(bad_self(ctx, &args[0], "type")) };
    Ok(alloc(class.instance_shape.get(), empty()).into_value())
}

fn empty() -> Super {
    Super { class: Slot::new(Value::NONE), this: Slot::new(Value::NONE), self_class: Slot::new(Value::NONE) }
}

/// A `super` object for a class and an object, as `super(class, object)` makes it.
///
/// # Errors
/// TypeError when the object is neither an instance nor a subclass of the class.
pub fn new_super(ctx: &mut Ctx, class: &Value, object: &Value) -> PyResult {
    let made = alloc(ShapeId::exact(Kind::Super), empty());
    fill(ctx, &made, class, object)?;
    Ok(made.into_value())
}

fn fill(ctx: &mut Ctx, made: &Super, class: &Value, object: &Value) -> PyResult<()> {
    let Some(start) = class.downcast_ref::<Class>() else {
        return Err(protocol::type_mismatch(ctx, "super() argument 1 must be a type, not {}", class));
    };
    let self_class = if object.is_none() { Value::NONE } else { class_to_search(ctx, start, object)? };
    made.class.set(class.clone());
    made.this.set(object.clone());
    made.self_class.set(self_class);
    Ok(())
}

/// The class whose MRO `super(class, object)` searches.
///
/// # Errors
/// TypeError when the object is neither an instance nor a subclass of the class.
pub fn class_to_search(ctx: &mut Ctx, class: &Obj<Class>, object: &Value) -> PyResult {
    if let Some(own) = object.downcast_ref::<Class>()
        && own.is_subclass_of(class)
    {
        return Ok(object.clone());
    }
    let own = protocol::class_of(ctx, object);
    if own.is_subclass_of(class) {
        return Ok(own.into_value());
    }
    let name = ctx.names.__class__.clone();
    if let Some(claimed) = protocol::get_attr_optional(ctx, object, &name)?
        && claimed.downcast_ref::<Class>().is_some_and(|claimed| claimed.is_subclass_of(class))
    {
        return Ok(claimed);
    }
    let wanted = class.name_string();
    let got = match object.downcast_ref::<Class>() {
        Some(class) => format!("type {}", class.name_string()),
        None => format!("instance of {}", own.name_string()),
    };
    Err(ctx.type_error(format!("super(type, obj): obj ({got}) is not an instance or subtype of type ({wanted}).")))
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !keywords(&args[2]).is_empty() {
        return Err(ctx.type_error("super() takes no keyword arguments"));
    }
    let made = this(ctx, &args[0])?;
    match positional(&args[1]) {
        [] => {
            let (class, object) = from_frame(ctx)?;
            fill(ctx, made, &class, &object)?;
        }
        [class] => fill(ctx, made, class, &Value::NONE)?,
        [class, object] => fill(ctx, made, class, object)?,
        more => {
            let count = more.len();
            return Err(ctx.type_error(format!("super() expected at most 2 arguments, got {count}")));
        }
    }
    Ok(Value::NONE)
}

/// Class and object for `super()` without arguments, from the frame that calls it.
fn from_frame(ctx: &mut Ctx) -> PyResult<(Value, Value)> {
    let Some(frame) = protocol::current_frame(ctx) else {
        return Err(ctx.runtime_error("super(): no current frame"));
    };
    let (arguments, first_is_cell, class_slot) = frame.with_code(|code| {
        let slot = code
            .slot_names
            .iter()
            .zip(&code.object.slot_kinds)
            .position(|(name, kind)| *kind == SlotKind::Free && name.is(&ctx.names.__class__));
        (code.object.arg_count, code.object.slot_kinds.first() == Some(&SlotKind::Cell), slot)
    });
    if arguments == 0 {
        return Err(ctx.runtime_error("super(): no arguments"));
    }
    let mut object = frame.local(0);
    if first_is_cell && let Some(cell) = object.downcast::<CellObject>() {
        object = cell.content.get();
    }
    if object.is_empty() {
        return Err(ctx.runtime_error("super(): arg[0] deleted"));
    }
    let Some(slot) = class_slot else {
        return Err(ctx.runtime_error("super(): __class__ cell not found"));
    };
    let cell = frame.local(slot);
    let Some(cell) = cell.downcast_ref::<CellObject>() else {
        return Err(ctx.runtime_error("super(): bad __class__ cell"));
    };
    let class = cell.content.get();
    if class.is_empty() {
        return Err(ctx.runtime_error("super(): empty __class__ cell"));
    }
    if !class.is_kind::<Class>() {
        let got = protocol::class_name(ctx, &class);
        return Err(ctx.runtime_error(format!("super(): __class__ is not a type ({got})")));
    }
    Ok((class, object))
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = this(ctx, &args[0])?;
    let name = |value: Value| value.downcast_ref::<Class>().map(|class| class.name_string());
    let class = name(object.class.get()).unwrap_or_else(|| "NULL".to_owned());
    Ok(ctx.str(match name(object.self_class.get()) {
        Some(own) => format!("<super: <class '{class}'>, <{own} object>>"),
        None => format!("<super: <class '{class}'>, NULL>"),
    }))
}

fn getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = super::string::intern_value(&args[1]);
    get_attr(ctx, &args[0], &name)
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = this(ctx, &args[0])?;
    if args[1].is_none() || !object.this.get().is_none() {
        return Ok(args[0].clone());
    }
    let start = object.class.get();
    if object.header().shape() != ShapeId::exact(Kind::Super) {
        let class = protocol::class_of(ctx, &args[0]).into_value();
        return protocol::call(ctx, &class, &[start, args[1].clone()]);
    }
    new_super(ctx, &start, &args[1])
}

fn this_class(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.class.get())
}

fn bound_object(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.this.get())
}

fn self_class(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.self_class.get())
}
