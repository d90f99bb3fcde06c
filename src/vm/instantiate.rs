//! Calling a class: `__new__`, then `__init__`.
//!
//! Where both are native, or `__new__` is `object`'s, no more is needed than to make the instance and to push the frame
//! of an `__init__` in Python. Whatever else there is (a `__new__` in Python, a callable object as `__init__`) is run by a
//! small state machine on the chain.
//!
//! Source: Language Reference 3.3.1, "Basic customization"; `type.__call__` in "Customizing class creation".

use smallvec::SmallVec;

use crate::objects::class::{self, Class};
use crate::objects::construct;
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::exception::Exception;
use crate::objects::frame::{self, SHAPE_FRAME, frame_at};
use crate::objects::function::Function;
use crate::objects::heap::{self, Obj};
use crate::objects::instance;
use crate::objects::kind::Kind;
use crate::objects::list::List;
use crate::objects::native::{
    Action, Input, Native, NativeCode, NativeFrame, PyResult, Raised, Step, new_native_frame,
};
use crate::objects::observer::Event;
use crate::objects::protocol;
use crate::objects::set::Set;
use crate::objects::shape::ShapeId;
use crate::objects::tuple::{self, Tuple};
use crate::objects::type_::check_instantiable;
use crate::objects::value::Value;

use super::bind::{Args, Keywords, bind_function, bind_native, check_self};
use super::call::{Begun, NativeOutcome, begin, call_native, push_native};
use super::ops::function::{init_result, takes_directly};
use super::resume;
use super::transfer::{Signal, tell};

/// Whether the `__call__` of a metaclass is that of `type`.
fn is_own_call(ctx: &Ctx, method: &Value) -> bool {
    method.is_kind::<Native>() && ctx.types.type_.lookup(&ctx.names.__call__).is_some_and(|own| own.is(method))
}

/// Calls a class: its metaclass's `__call__`, usually `type.__call__`.
pub(super) fn call_class(
    ctx: &mut Ctx,
    class_value: &Value,
    mut args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<Begun> {
    let Some(class) = class_value.downcast_ref::<Class>() else { return Err(ctx.system_error("not a class")) };
    if class_value.header().is_some_and(|header| header.shape().is_user())
        && let Some(method) = protocol::lookup_special(ctx, class_value, &ctx.names.__call__)
        && !is_own_call(ctx, &method)
    {
        if !method.is_kind::<Function>() {
            // Any other descriptor, or a callable that binds nothing, as a class does.
            let meta = protocol::class_of(ctx, class_value);
            let bound = protocol::attribute::bind(ctx, &method, class_value, &meta)?;
            return begin(ctx, &bound, args, keywords);
        }
        args.insert(0, class_value.clone());
        return begin(ctx, &method, args, keywords);
    }
    construct(ctx, class, args, keywords)
}

/// Whether calling a class with `count` positional arguments means: make a plain instance, and run an `__init__` in
/// Python that takes exactly these arguments.
pub(crate) fn has_direct_init(ctx: &Ctx, class_value: &Value, count: usize) -> bool {
    let Some(class) = class_value.downcast_ref::<Class>() else { return false };
    let is_plain = class_value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Class))
        && class.layout == Kind::Instance
        && class.has_flag(class::flags::USER)
        && !class.has_flag(class::flags::ABSTRACT);
    let is_object_new =
        |new: Value| new.downcast_ref::<Native>().is_some_and(|native| native.owner.get().is(ctx.types.object.value()));
    if !is_plain || !class.lookup(&ctx.names.__new__).is_some_and(is_object_new) {
        return false;
    }
    let Some(init) = class.lookup(&ctx.names.__init__) else { return false };
    class.direct_init.set(init.bits());
    takes_directly(&init, count + 1)
}

/// Whether the instances of an exception class are made and initialised by `BaseException` alone.
fn is_plain_exception(ctx: &Ctx, class: &Obj<Class>) -> bool {
    let base = ctx.exceptions.BaseException.value().bits();
    let of_base = |method: Option<Value>| {
        method.is_some_and(|method| method.downcast_ref::<Native>().is_some_and(|native| native.owner.bits() == base))
    };
    of_base(class.lookup(&ctx.names.__new__)) && of_base(class.lookup(&ctx.names.__init__))
}

/// `type.__call__`: `__new__`, then `__init__` when the result is an instance of the class.
pub(crate) fn construct(
    ctx: &mut Ctx,
    class: &Obj<Class>,
    mut args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<Begun> {
    let class_value = class.to_value();
    if class.is(ctx.types.type_.value()) {
        if args.len() == 1 && keywords.is_empty() {
            return Ok(Begun::Done(protocol::class_of(ctx, &args[0]).into_value()));
        }
        if args.len() != 3 {
            return Err(ctx.type_error("type() takes 1 or 3 arguments"));
        }
    }
    if keywords.is_empty()
        && args.len() <= 1
        && matches!(class.layout, Kind::List | Kind::Tuple | Kind::Dict | Kind::Set)
        && let Some(container) = construct::container(ctx, class, args.first())?
    {
        return Ok(Begun::Done(container));
    }
    if class.layout == Kind::Exception && keywords.is_empty() && is_plain_exception(ctx, class) {
        let args = tuple::new_tuple(args).into_value();
        return Ok(Begun::Done(heap::alloc(class.instance_shape.get(), Exception::new(args)).into_value()));
    }
    let new = class.lookup(&ctx.names.__new__);
    let Some(new) = new else { return Err(ctx.type_error("no __new__")) };
    let init = class.lookup(&ctx.names.__init__);
    let native_new = new.downcast::<Native>();
    // tuple and frozenset go through an iterable in __new__: a step native. With an __init__ it is like a Python __new__.
    let has_init = init.as_ref().is_some_and(|init| {
        init.downcast_ref::<Native>().is_none_or(|init| !init.owner.get().is(ctx.types.object.value()))
    });
    if !has_init && native_new.as_ref().is_some_and(|native| matches!(native.def.code, NativeCode::Step(_))) {
        args.insert(0, class_value);
        return match call_native(ctx, &new, &mut args, keywords)? {
            NativeOutcome::Begun(begun) => Ok(begun),
            NativeOutcome::Call(..) => Err(ctx.system_error("a native __new__ must not hand over its call")),
        };
    }
    if let Some(native) = native_new.as_ref().filter(|native| matches!(native.def.code, NativeCode::Leaf(_))) {
        let is_object_new = native.owner.get().is(ctx.types.object.value());
        if is_object_new && class.layout != Kind::Instance {
            check_instantiable(ctx, class)?;
        }
        let init_is_native = init.as_ref().is_none_or(|init| init.is_kind::<Native>());
        let instance = if is_object_new
            && !init_is_native
            && class.layout == Kind::Instance
            && !class.has_flag(class::flags::ABSTRACT)
        {
            instance::new_instance(class).into_value()
        } else if let Some(instance) = new_container(ctx, class, native) {
            instance
        } else {
            let mut new_args: Args = SmallVec::with_capacity(args.len() + 1);
            new_args.push(class_value.clone());
            new_args.extend(args.iter().cloned());
            match call_native(ctx, &new, &mut new_args, keywords)? {
                NativeOutcome::Begun(Begun::Done(instance)) => instance,
                NativeOutcome::Begun(_) | NativeOutcome::Call(..) => {
                    return Err(ctx.system_error("a native __new__ must be a leaf"));
                }
            }
        };
        // `type(name, bases, namespace)` gives an instance of the metaclass of the bases, which has its own way.
        let made_by_type = class.is(ctx.types.type_.value());
        let init = if made_by_type { protocol::lookup_special(ctx, &instance, &ctx.names.__init__) } else { init };
        let Some(init) = init else { return Ok(Begun::Done(instance)) };
        if !protocol::is_instance_of(ctx, &instance, class) {
            return Ok(Begun::Done(instance));
        }
        if let Some(native_init) = init.downcast_ref::<Native>() {
            // object.__init__ has nothing to do, and object.__new__ has checked the arguments.
            if !native_init.owner.get().is(ctx.types.object.value()) {
                args.insert(0, instance.clone());
                if matches!(native_init.def.code, NativeCode::Step(_)) {
                    check_self(ctx, native_init, &args)?;
                    bind_native(ctx, native_init, native_init.def, &mut args, keywords)?;
                    if ctx.depth >= ctx.recursion_limit {
                        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
                    }
                    let locals = args.into_iter().collect();
                    push_native(ctx, new_native_frame(native_init_step, Some(native_init.def), locals));
                    return Ok(Begun::Signal(Signal::Start));
                }
                protocol::call_keywords(ctx, &init, &args, keywords)?;
            }
            return Ok(Begun::Done(instance));
        }
        if init.is_kind::<Function>() {
            let on_python_frame = frame_at(ctx.frame).is_some();
            args.insert(0, instance.clone());
            if on_python_frame {
                let frame = bind_function(ctx, &init, &args, Keywords::Pairs(keywords))?;
                if frame.header().shape() == SHAPE_FRAME {
                    if ctx.depth >= ctx.recursion_limit {
                        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
                    }
                    frame.set_flag(frame::flags::RESULT_IS_SELF, true);
                    let shown = ctx.observer.is_some().then(|| frame.clone());
                    resume::push_plain(ctx, frame);
                    if let Some(frame) = shown {
                        tell(ctx, &frame, Event::Call);
                    }
                    return Ok(Begun::Init(instance));
                }
                let result = frame.into_value();
                return Err(init_result(ctx, &result));
            }
            return begin_steps(ctx, init_step, instance, init, args, keywords);
        }
        // A callable object as __init__.
        let init = {
            let class = protocol::class_of(ctx, &instance);
            protocol::attribute::bind(ctx, &init, &instance, &class)?
        };
        return begin_steps(ctx, init_step, instance, init, args, keywords);
    }
    // A __new__ in Python, or one that calls Python code: it runs first, then __init__ with the same arguments.
    let bound_new = protocol::attribute::bind_for_class(ctx, &new, class)?;
    begin_steps(ctx, construct_step, class_value, bound_new, args, keywords)
}

/// An empty instance of `list`, `dict` or `set` or of a subclass, whose `__new__` looks at no argument.
fn new_container(ctx: &Ctx, class: &Obj<Class>, new: &Obj<Native>) -> Option<Value> {
    let owner = new.owner.get();
    let shape = class.instance_shape.get();
    Some(match class.layout {
        Kind::List if owner.is(ctx.types.list.value()) => {
            heap::alloc(shape, List { items: Default::default() }).into_value()
        }
        Kind::Dict if owner.is(ctx.types.dict.value()) => heap::alloc(shape, Dict::new()).into_value(),
        Kind::Set if owner.is(ctx.types.set.value()) => heap::alloc(shape, Set::new()).into_value(),
        _ => return None,
    })
}

/// Runs a native `__init__` that is a state machine, which the frame's declaration names, and returns the instance.
fn native_init_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let Some(NativeCode::Step(step)) = frame.def.map(|def| def.code) else { return Err(Raised(())) };
    Ok(match step(ctx, frame, input)? {
        Action::Return(_) => Action::Return(frame.local(0)),
        action => action,
    })
}

/// Starts a step native of this file: locals are the subject, the callable, a tuple of arguments, a dict of keywords.
fn begin_steps(
    ctx: &mut Ctx,
    step: Step,
    subject: Value,
    callable: Value,
    args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<Begun> {
    if ctx.depth >= ctx.recursion_limit {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    let dict = dict::new_dict();
    for (name, value) in keywords {
        dict.set_str(name, value.clone());
    }
    let args = tuple::new_tuple(args.into_vec()).into_value();
    let locals = SmallVec::from_vec(vec![subject, callable, args, dict.into_value()]);
    push_native(ctx, new_native_frame(step, None, locals));
    Ok(Begun::Signal(Signal::Start))
}

/// Calls `local 1` with the arguments in locals 2 and 3, `first` in front.
fn call_with_locals(frame: &Obj<NativeFrame>, callable: Value, first: Option<Value>) -> PyResult<Action> {
    let mut args: SmallVec<[Value; 4]> = first.into_iter().collect();
    if let Some(tuple) = frame.local(2).downcast_ref::<Tuple>() {
        args.extend(tuple.items().iter().cloned());
    }
    let keywords = frame.local(3).downcast_ref::<Dict>().map(|dict| dict.entries()).unwrap_or_default();
    if keywords.is_empty() {
        return Ok(Action::Call(callable, args));
    }
    Ok(Action::CallKeywords(callable, args, keywords))
}

/// Runs `__init__` for an instance: locals 0 instance, 1 `__init__` (taking the instance in its arguments).
fn init_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => {
            let init = frame.local(1);
            call_with_locals(frame, init, None)
        }
        Input::Value(result) | Input::Exhausted(result) => {
            if !result.is_none() {
                return Err(init_result(ctx, &result));
            }
            Ok(Action::Return(frame.local(0)))
        }
        Input::Raised => Err(Raised(())),
    }
}

/// Runs a Python `__new__`, then `__init__`: locals 0 class, 1 `__new__`, 4 the instance.
fn construct_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match (frame.state.get(), input) {
        (_, Input::Raised) => Err(Raised(())),
        (0, Input::Start) => {
            frame.state.set(1);
            let class = frame.local(0);
            let new = frame.local(1);
            call_with_locals(frame, new, Some(class))
        }
        (1, Input::Value(instance)) => {
            let class = frame.local(0);
            let Some(class) = class.downcast_ref::<Class>() else { return Ok(Action::Return(instance)) };
            if !protocol::is_instance_of(ctx, &instance, class) {
                return Ok(Action::Return(instance));
            }
            let Some(init) = protocol::lookup_special(ctx, &instance, &ctx.names.__init__) else {
                return Ok(Action::Return(instance));
            };
            if init.downcast_ref::<Native>().is_some_and(|native| native.owner.get().is(ctx.types.object.value())) {
                return Ok(Action::Return(instance));
            }
            frame.state.set(2);
            frame.set_local(4, instance.clone());
            if init.is_kind::<Function>() || init.is_kind::<Native>() {
                return call_with_locals(frame, init, Some(instance));
            }
            let own = protocol::class_of(ctx, &instance);
            let bound = protocol::attribute::bind(ctx, &init, &instance, &own)?;
            call_with_locals(frame, bound, None)
        }
        (_, Input::Value(result)) => {
            if !result.is_none() {
                return Err(init_result(ctx, &result));
            }
            Ok(Action::Return(frame.local(4)))
        }
        (_, Input::Start | Input::Exhausted(_)) => Ok(Action::Return(Value::NONE)),
    }
}
