//! Exceptions: the object that is raised, and what every exception can do.
//!
//! The classes are in `exception_table`, the members of particular families in `exception_fields`, groups in
//! `exception_group`. Source: "Built-in Exceptions" of the Library Reference; PEP 3134, 409, 415 and 678.

use std::cell::{Cell, RefCell};

use super::arguments::{keywords, positional};
use super::class::Class;
use super::ctx::Ctx;
use super::dict::Dict;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::list::{List, new_list};
use super::native::{NativeDef, PyResult};
use super::protocol::{self, attribute};
use super::string::Str;
use super::traceback::Traceback;
use super::tuple::{self, Tuple};
use super::value::Value;
use super::{exception_fields, exception_group};

crate::natives! { static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return str(self).
    method "__str__(self, /)" => str_;
    /// Helper for pickle.
    method "__reduce__(self, /)" => reduce;
    method "__setstate__(self, state, /)" => setstate;
    /// Set self.__traceback__ to tb and return self.
    method "with_traceback(self, tb, /)" => with_traceback;
    /// Add a note to the exception
    method "add_note(self, note, /)" => add_note;
    getter "args(self)" => args_;
    setter "args(self, value)" => set_args;
    getter "__traceback__(self)" => traceback;
    setter "__traceback__(self, value)" => set_traceback;
    /// exception context
    getter "__context__(self)" => context;
    setter "__context__(self, value)" => set_context;
    /// exception cause
    getter "__cause__(self)" => cause;
    setter "__cause__(self, value)" => set_cause;
    /// member
    getter "__suppress_context__(self)" => suppress_context;
    setter "__suppress_context__(self, value)" => set_suppress_context;
    getter "__dict__(self)" => dict;
    setter "__dict__(self, value)" => super::class_creation::set_instance_dict;
}

crate::natives! { static STOP_ITERATION:
    method "__init__(self, /, *args, **kwargs)" => init_stop_iteration;
    /// generator return value
    getter "value(self)" => get_field::<0>;
    setter "value(self, value)" => set_field::<0>;
}

crate::natives! { static SYSTEM_EXIT:
    method "__init__(self, /, *args, **kwargs)" => init_system_exit;
    /// exception code
    getter "code(self)" => get_field::<0>;
    setter "code(self, value)" => set_field::<0>;
}

crate::natives! { static KEY_ERROR:
    method "__str__(self, /)" => key_error_str;
}

/// The methods and members that a built-in exception class adds to its base's.
pub fn natives_of(class: &str) -> Vec<&'static [NativeDef]> {
    match class {
        "BaseException" => vec![METHODS],
        "StopIteration" => vec![STOP_ITERATION],
        "SystemExit" => vec![SYSTEM_EXIT],
        "KeyError" => vec![KEY_ERROR],
        "BaseExceptionGroup" => vec![exception_group::METHODS],
        other => exception_fields::natives_of(other),
    }
}

/// The payload of exceptions.
pub struct Exception {
    /// `args`, a tuple.
    pub args: Slot,
    /// `__cause__`, or None.
    pub cause: Slot,
    /// `__context__`, or None.
    pub context: Slot,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
    /// `__traceback__`, or None.
    pub traceback: Slot,
    /// `__dict__`, a dict, empty until asked for.
    pub attrs: Slot,
    /// Members that only some classes have (`value`, `errno`, `name`, ...), by the index that the class's table gives.
    pub fields: RefCell<Vec<Value>>,
}

impl Payload for Exception {
    const KIND: Kind = Kind::Exception;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.args, &self.cause, &self.context, &self.traceback, &self.attrs] {
            slot.peek(&mut *visit);
        }
        self.fields.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        for slot in [&self.args, &self.cause, &self.context, &self.traceback, &self.attrs] {
            slot.set(Value::NONE);
        }
        let old = std::mem::take(&mut *self.fields.borrow_mut());
        drop(old);
    }
}

impl Exception {
    /// A payload with the given arguments (a tuple).
    pub fn new(args: Value) -> Exception {
        Exception {
            args: Slot::new(args),
            cause: Slot::new(Value::NONE),
            context: Slot::new(Value::NONE),
            suppress_context: Cell::new(false),
            traceback: Slot::new(Value::NONE),
            attrs: Slot::new(Value::EMPTY),
            fields: RefCell::default(),
        }
    }

    /// A member field; None when it was never set.
    pub fn field(&self, index: usize) -> Value {
        self.fields.borrow().get(index).cloned().unwrap_or(Value::NONE)
    }

    /// Sets a member field.
    pub fn set_field(&self, index: usize, value: Value) {
        let old = {
            let mut fields = self.fields.borrow_mut();
            while fields.len() <= index {
                fields.push(Value::NONE);
            }
            std::mem::replace(&mut fields[index], value)
        };
        drop(old);
    }
}

/// The payload of an exception object.
///
/// # Errors
/// TypeError when the value is no exception.
pub fn payload<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Exception>> {
    match value.downcast_ref::<Exception>() {
        Some(exception) => Ok(exception),
        None => Err(super::arguments::bad_self(ctx, value, "BaseException")),
    }
}

/// Getter of a member field; None when it was never set.
pub fn get_field<const INDEX: usize>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(payload(ctx, &args[0])?.field(INDEX))
}

/// Setter of a member field; deleting it makes it None.
pub fn set_field<const INDEX: usize>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let value = if args[1].is_empty() { Value::NONE } else { args[1].clone() };
    payload(ctx, &args[0])?.set_field(INDEX, value);
    Ok(Value::NONE)
}

/// An exception object of the class with the given `args`, its `__init__` not run.
///
/// # Errors
/// TypeError when `class` is no exception class or is abstract.
pub fn make(ctx: &mut Ctx, class: &Value, args: Value) -> PyResult<Ref<Exception>> {
    let Some(class) = class.downcast_ref::<Class>() else {
        return Err(protocol::type_mismatch(ctx, "BaseException.__new__(X): X is not a type object ({})", class));
    };
    if class.layout != Kind::Exception {
        let name = class.name_string();
        let message = format!("BaseException.__new__({name}): {name} is not a subtype of BaseException");
        return Err(ctx.type_error(message));
    }
    Ok(alloc(class.instance_shape.get(), Exception::new(args)))
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    make(ctx, &args[0], args[1].clone()).map(Ref::into_value)
}

/// Refuses keyword arguments in the name of the exception's class.
///
/// # Errors
/// TypeError.
pub fn refuse_keywords(ctx: &mut Ctx, exception: &Value, kwargs: &Value) -> PyResult<()> {
    if keywords(kwargs).is_empty() {
        return Ok(());
    }
    let name = protocol::class_name(ctx, exception);
    Err(ctx.type_error(format!("{name}() takes no keyword arguments")))
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_keywords(ctx, &args[0], &args[2])?;
    payload(ctx, &args[0])?.args.set(args[1].clone());
    Ok(Value::NONE)
}

fn init_stop_iteration(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    init(ctx, args)?;
    let value = positional(&args[1]).first().cloned().unwrap_or(Value::NONE);
    payload(ctx, &args[0])?.set_field(0, value);
    Ok(Value::NONE)
}

fn init_system_exit(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    init(ctx, args)?;
    let code = match positional(&args[1]) {
        [] => Value::NONE,
        [only] => only.clone(),
        _ => args[1].clone(),
    };
    payload(ctx, &args[0])?.set_field(0, code);
    Ok(Value::NONE)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
    let given = payload(ctx, &args[0])?.args.get();
    let inside = match positional(&given) {
        [only] => format!("({})", protocol::text::repr_string(ctx, only)?),
        _ => protocol::text::repr_string(ctx, &given)?,
    };
    Ok(ctx.str(format!("{name}{inside}")))
}

/// `BaseException.__str__`: nothing, the only argument, or the tuple of arguments.
///
/// # Errors
/// What the arguments' methods raise.
pub fn default_str(ctx: &mut Ctx, exception: &Value) -> PyResult {
    let given = payload(ctx, exception)?.args.get();
    match positional(&given) {
        [] => Ok(ctx.str("")),
        [only] => protocol::str_of(ctx, only).map(Ref::into_value),
        _ => protocol::str_of(ctx, &given).map(Ref::into_value),
    }
}

fn str_(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    default_str(ctx, &args[0])
}

fn key_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // The repr, so that a missing '' or ' ' can be seen.
    let given = payload(ctx, &args[0])?.args.get();
    match positional(&given) {
        [only] => protocol::repr(ctx, only).map(Ref::into_value),
        _ => default_str(ctx, &args[0]),
    }
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let exception = payload(ctx, &args[0])?;
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let given = exception.args.get();
    let attrs = exception.attrs.get();
    Ok(if attrs.is_empty() {
        tuple::new_tuple([class, given]).into_value()
    } else {
        tuple::new_tuple([class, given, attrs]).into_value()
    })
}

fn setstate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        return Ok(Value::NONE);
    }
    let Some(state) = args[1].downcast_ref::<Dict>() else {
        return Err(ctx.type_error("state is not a dictionary"));
    };
    for (name, value) in state.entries() {
        protocol::set_attr(ctx, &args[0], &name, value)?;
    }
    Ok(Value::NONE)
}

fn with_traceback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    set_traceback(ctx, args)?;
    Ok(args[0].clone())
}

/// `exception.add_note(note)` with a note that is made here.
///
/// # Errors
/// TypeError when `__notes__` is no list.
pub fn add_note_text(ctx: &mut Ctx, exception: &Value, note: String) -> PyResult<()> {
    let note = ctx.str(note);
    let name = ctx.names.__notes__.clone();
    match protocol::get_attr_optional(ctx, exception, &name)? {
        None => {
            let notes = new_list(vec![note]).into_value();
            protocol::set_attr(ctx, exception, &name, notes)
        }
        Some(notes) => match notes.downcast_ref::<List>() {
            Some(notes) => {
                notes.push(note);
                Ok(())
            }
            None => Err(ctx.type_error("Cannot add note: __notes__ is not a list")),
        },
    }
}

fn add_note(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(note) = args[1].downcast_ref::<Str>() else {
        return Err(protocol::type_mismatch(ctx, "note must be a str, not '{}'", &args[1]));
    };
    add_note_text(ctx, &args[0], note.as_str().to_owned()).map(|()| Value::NONE)
}

fn args_(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(payload(ctx, &args[0])?.args.get())
}

fn set_args(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.type_error("args may not be deleted"));
    }
    let new = if args[1].is_kind::<Tuple>() {
        args[1].clone()
    } else {
        tuple::new_tuple(protocol::collect(ctx, &args[1])?).into_value()
    };
    payload(ctx, &args[0])?.args.set(new);
    Ok(Value::NONE)
}

fn traceback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(payload(ctx, &args[0])?.traceback.get())
}

fn set_traceback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.type_error("__traceback__ may not be deleted"));
    }
    if !args[1].is_none() && !args[1].is_kind::<Traceback>() {
        return Err(ctx.type_error("__traceback__ must be a traceback or None"));
    }
    payload(ctx, &args[0])?.traceback.set(args[1].clone());
    Ok(Value::NONE)
}

fn context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(payload(ctx, &args[0])?.context.get())
}

fn linked(ctx: &mut Ctx, value: &Value, name: &str, what: &str) -> PyResult {
    if value.is_empty() {
        return Err(ctx.type_error(format!("{name} may not be deleted")));
    }
    if !value.is_none() && !value.is_kind::<Exception>() {
        return Err(ctx.type_error(format!("exception {what} must be None or derive from BaseException")));
    }
    Ok(value.clone())
}

fn set_context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let value = linked(ctx, &args[1], "__context__", "context")?;
    payload(ctx, &args[0])?.context.set(value);
    Ok(Value::NONE)
}

fn cause(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(payload(ctx, &args[0])?.cause.get())
}

fn set_cause(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let value = linked(ctx, &args[1], "__cause__", "cause")?;
    let exception = payload(ctx, &args[0])?;
    // PEP 415: a cause, None included, hides the context.
    exception.suppress_context.set(true);
    exception.cause.set(value);
    Ok(Value::NONE)
}

fn suppress_context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(Value::bool(payload(ctx, &args[0])?.suppress_context.get()))
}

fn set_suppress_context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.type_error("can't delete numeric/char attribute"));
    }
    match args[1].as_bool() {
        Some(suppress) => {
            payload(ctx, &args[0])?.suppress_context.set(suppress);
            Ok(Value::NONE)
        }
        None => Err(ctx.type_error("attribute value type must be bool")),
    }
}

fn dict(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match attribute::attribute_dict(&args[0]) {
        Some(dict) => Ok(dict),
        None => {
            let name = ctx.names.__dict__.clone();
            Err(protocol::no_attribute(ctx, &args[0], &name))
        }
    }
}
