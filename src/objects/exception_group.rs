//! Exception groups: several unrelated exceptions raised together, and what `except*` does with them.
//!
//! A group is a tree: its members may be groups. *Splitting* by a condition gives two trees of the same form, one with
//! the leaves that match and one with the rest; the parts keep the traceback, cause, context and notes of the group that
//! they come from, and their class is up to `derive`. Source: PEP 654.

use rustc_hash::FxHashSet;

use super::arguments::{positional, text_of};
use super::class::Class;
use super::ctx::Ctx;
use super::dict::Dict;
use super::exception::{self, Exception, get_field, payload, refuse_keywords};
use super::generic_alias;
use super::heap::{Obj, Ref};
use super::list::{List, new_list};
use super::native::PyResult;
use super::protocol;
use super::string::Str;
use super::tuple::{self, Tuple};
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Return str(self).
    method "__str__(self, /)" => str_;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => class_getitem;
    method "derive(self, excs, /)" => derive;
    method "split(self, matcher_value, /)" => split;
    method "subgroup(self, matcher_value, /)" => subgroup;
    /// member: exception message
    getter "message(self)" => get_field::<0>;
    /// member: nested exceptions
    getter "exceptions(self)" => get_field::<1>;
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let given = positional(&args[1]);
    let [message, exceptions] = given else {
        let count = given.len();
        return Err(ctx.type_error(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)")));
    };
    if !message.is_kind::<Str>() {
        return Err(protocol::type_mismatch(
            ctx,
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            message,
        ));
    }
    let is_sequence = exceptions.is_kind::<List>()
        || exceptions.is_kind::<Tuple>()
        || !exceptions.is_kind::<Dict>() && protocol::lookup_special(ctx, exceptions, &ctx.names.__getitem__).is_some();
    if !is_sequence {
        return Err(ctx.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = protocol::collect(ctx, exceptions)?;
    if items.is_empty() {
        return Err(ctx.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(index) = items.iter().position(|item| !item.is_kind::<Exception>()) {
        return Err(ctx.value_error(format!("Item {index} of second argument (exceptions) is not an exception")));
    }
    let plain = items.iter().all(|item| protocol::is_instance_of(ctx, item, &ctx.exceptions.Exception));
    let mut class = args[0].clone();
    if ctx.exceptions.ExceptionGroup.is(&class) {
        if !plain {
            return Err(ctx.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
        }
    } else if ctx.exceptions.BaseExceptionGroup.is(&class) {
        if plain {
            class = ctx.exceptions.ExceptionGroup.value().clone();
        }
    } else if let Some(asked) = class.downcast_ref::<Class>()
        && !plain
        && asked.is_subclass_of(&ctx.exceptions.Exception)
    {
        let name = asked.name_string();
        return Err(ctx.type_error(format!("Cannot nest BaseExceptions in '{name}'")));
    }
    let group = exception::make(ctx, &class, args[1].clone())?;
    group.set_field(0, message.clone());
    group.set_field(1, tuple::new_tuple(items).into_value());
    Ok(group.into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_keywords(ctx, &args[0], &args[2])?;
    payload(ctx, &args[0])?.args.set(args[1].clone());
    Ok(Value::NONE)
}

/// A group of the built-in class that fits its members, which are a list or tuple.
///
/// # Errors
/// As the constructor.
pub fn new_group(ctx: &mut Ctx, message: &Value, exceptions: Value) -> PyResult {
    let class = ctx.exceptions.BaseExceptionGroup.value().clone();
    let args = tuple::new_tuple([message.clone(), exceptions]).into_value();
    new(ctx, &[class, args, Value::EMPTY])
}

/// Whether a value is an exception group.
pub fn is_group(ctx: &Ctx, value: &Value) -> bool {
    protocol::is_instance_of(ctx, value, &ctx.exceptions.BaseExceptionGroup)
}

/// The members of a group.
pub fn members(group: &Value) -> Vec<Value> {
    group.downcast_ref::<Exception>().map_or_else(Vec::new, |group| positional(&group.field(1)).to_vec())
}

fn str_(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let group = payload(ctx, &args[0])?;
    let message = text_of(&group.field(0));
    let count = members(&args[0]).len();
    let plural = if count > 1 { "s" } else { "" };
    Ok(ctx.str(format!("{message} ({count} sub-exception{plural})")))
}

fn class_getitem(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(generic_alias::new_alias(args[0].clone(), args[1].clone()))
}

fn derive(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let message = payload(ctx, &args[0])?.field(0);
    let class = ctx.exceptions.BaseExceptionGroup.value().clone();
    protocol::call(ctx, &class, &[message, args[1].clone()])
}

/// What leaves and groups are matched against.
enum Matcher {
    /// An exception class or a tuple of them.
    Classes(Vec<Ref<Class>>),
    /// A function of one exception.
    Predicate(Value),
    /// Identities of leaves.
    Leaves(FxHashSet<i64>),
}

fn matcher_of(ctx: &mut Ctx, value: &Value) -> PyResult<Matcher> {
    if !value.is_kind::<Class>() && protocol::is_callable(ctx, value) {
        return Ok(Matcher::Predicate(value.clone()));
    }
    let base = ctx.exceptions.BaseException.clone();
    let as_exception = |value: &Value| value.downcast::<Class>().filter(|class| class.is_subclass_of(&base));
    if let Some(class) = as_exception(value) {
        return Ok(Matcher::Classes(vec![class]));
    }
    if let Some(tuple) = value.downcast_ref::<Tuple>()
        && let Some(classes) = tuple.items().iter().map(as_exception).collect::<Option<Vec<_>>>()
    {
        return Ok(Matcher::Classes(classes));
    }
    Err(ctx.type_error("expected an exception type, a tuple of exception types, or a callable (other than a class)"))
}

fn matches(ctx: &mut Ctx, matcher: &Matcher, exception: &Value) -> PyResult<bool> {
    match matcher {
        Matcher::Classes(classes) => Ok(classes.iter().any(|class| protocol::is_instance_of(ctx, exception, class))),
        Matcher::Predicate(function) => {
            let result = protocol::call(ctx, function, std::slice::from_ref(exception))?;
            protocol::truth(ctx, &result)
        }
        Matcher::Leaves(ids) => Ok(!is_group(ctx, exception) && ids.contains(&exception.id())),
    }
}

/// The matching part and the rest, each None when empty. The rest is only made when it is wanted.
fn split_tree(ctx: &mut Ctx, exception: &Value, matcher: &Matcher, want_rest: bool) -> PyResult<(Value, Value)> {
    if matches(ctx, matcher, exception)? {
        return Ok((exception.clone(), Value::NONE));
    }
    if !is_group(ctx, exception) {
        return Ok((Value::NONE, if want_rest { exception.clone() } else { Value::NONE }));
    }
    let (mut matching, mut others) = (Vec::new(), Vec::new());
    ctx.enter(" in exceptiongroup_split_recursive")?;
    for member in members(exception) {
        match split_tree(ctx, &member, matcher, want_rest) {
            Ok((matched, rest)) => {
                if !matched.is_none() {
                    matching.push(matched);
                }
                if !rest.is_none() {
                    others.push(rest);
                }
            }
            Err(raised) => {
                ctx.leave();
                return Err(raised);
            }
        }
    }
    ctx.leave();
    Ok((subset(ctx, exception, matching)?, subset(ctx, exception, others)?))
}

/// A group like the given one with other members; None when there are none.
fn subset(ctx: &mut Ctx, group: &Value, exceptions: Vec<Value>) -> PyResult {
    if exceptions.is_empty() {
        return Ok(Value::NONE);
    }
    let list = new_list(exceptions).into_value();
    let part = protocol::call_method(ctx, group, "derive", &[list])?;
    if !is_group(ctx, &part) {
        return Err(ctx.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    let (from, to) = (payload(ctx, group)?, payload(ctx, &part)?);
    to.traceback.set(from.traceback.get());
    to.context.set(from.context.get());
    to.cause.set(from.cause.get());
    to.suppress_context.set(true);
    let name = ctx.names.__notes__.clone();
    if let Some(notes) = protocol::get_attr_optional(ctx, group, &name)?
        && (notes.is_kind::<List>() || notes.is_kind::<Tuple>())
    {
        // A copy, so that notes added to one part do not show in the other.
        let copy = new_list(protocol::collect(ctx, &notes)?).into_value();
        protocol::set_attr(ctx, &part, &name, copy)?;
    }
    Ok(part)
}

fn split(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let matcher = matcher_of(ctx, &args[1])?;
    let (matched, rest) = split_tree(ctx, &args[0], &matcher, true)?;
    Ok(tuple::new_tuple([matched, rest]).into_value())
}

fn subgroup(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let matcher = matcher_of(ctx, &args[1])?;
    split_tree(ctx, &args[0], &matcher, false).map(|(matched, _)| matched)
}

fn check_star_class(ctx: &mut Ctx, class: &Value) -> PyResult<()> {
    let found = class.downcast_ref::<Class>().filter(|class| class.is_subclass_of(&ctx.exceptions.BaseException));
    match found {
        None => Err(ctx.type_error("catching classes that do not inherit from BaseException is not allowed")),
        Some(class) if class.is_subclass_of(&ctx.exceptions.BaseExceptionGroup) => {
            Err(ctx.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."))
        }
        Some(_) => Ok(()),
    }
}

/// What an `except*` clause does: the part of the exception that matches the class or tuple of classes (a naked
/// exception is wrapped in a group), and the rest; None for nothing.
///
/// # Errors
/// TypeError for what `except*` cannot catch; what `split` and `derive` of the group raise.
pub fn split_match(ctx: &mut Ctx, exception: &Value, classes: &Value) -> PyResult<(Value, Value)> {
    match classes.downcast_ref::<Tuple>() {
        Some(tuple) => tuple.items().iter().try_for_each(|class| check_star_class(ctx, class))?,
        None => check_star_class(ctx, classes)?,
    }
    if exception.is_none() {
        return Ok((Value::NONE, Value::NONE));
    }
    let group = is_group(ctx, exception);
    let matched = {
        let is = |class: &Value| {
            class.downcast_ref::<Class>().is_some_and(|class| protocol::is_instance_of(ctx, exception, class))
        };
        match classes.downcast_ref::<Tuple>() {
            Some(tuple) => tuple.items().iter().any(is),
            None => is(classes),
        }
    };
    if matched {
        if group {
            return Ok((exception.clone(), Value::NONE));
        }
        let message = ctx.names.empty.clone();
        let members = tuple::new_tuple([exception.clone()]).into_value();
        let wrapped = new_group(ctx, &message, members)?;
        return Ok((wrapped, Value::NONE));
    }
    if !group {
        return Ok((Value::NONE, exception.clone()));
    }
    let pair = protocol::call_method(ctx, exception, "split", std::slice::from_ref(classes))?;
    let own = protocol::class_name(ctx, exception);
    let Some(parts) = pair.downcast_ref::<Tuple>() else {
        let got = protocol::class_name(ctx, &pair);
        return Err(ctx.type_error(format!("{own}.split must return a tuple, not {got}")));
    };
    match parts.items() {
        [matched, rest, ..] => Ok((matched.clone(), rest.clone())),
        items => {
            let length = items.len();
            Err(ctx.type_error(format!("{own}.split must return a 2-tuple, got tuple of size {length}")))
        }
    }
}

fn same_origin(a: &Obj<Exception>, b: &Obj<Exception>) -> bool {
    a.traceback.get().is(&b.traceback.get()) && a.cause.get().is(&b.cause.get()) && a.context.get().is(&b.context.get())
}

fn collect_leaves(exception: &Value, is_group: &dyn Fn(&Value) -> bool, leaves: &mut FxHashSet<i64>) {
    let mut todo = vec![exception.clone()];
    while let Some(next) = todo.pop() {
        if is_group(&next) {
            todo.extend(members(&next));
        } else {
            leaves.insert(next.id());
        }
    }
}

/// What a `try` with `except*` clauses raises at its end: what the clauses raised themselves, together with the parts of
/// the original that were not handled or raised again, merged into the original's form. None when nothing is left.
///
/// # Errors
/// What `derive` raises.
pub fn prep_reraise_star(ctx: &mut Ctx, original: &Value, list: &Value) -> PyResult {
    let list: Vec<Value> = list.downcast_ref::<List>().map_or_else(Vec::new, |list| list.to_vec());
    if list.is_empty() {
        return Ok(Value::NONE);
    }
    if !is_group(ctx, original) {
        // A naked exception was wrapped: at most one clause ran.
        return Ok(list.into_iter().next().unwrap_or(Value::NONE));
    }
    let (mut raised, mut reraised) = (Vec::new(), FxHashSet::default());
    let mut any_reraised = false;
    let base = ctx.exceptions.BaseExceptionGroup.clone();
    let group_check = |value: &Value| value.header().is_some_and(|h| h.shape().with_class(|c| c.is_subclass_of(&base)));
    for exception in list {
        let (Some(own), Some(from)) = (exception.downcast_ref::<Exception>(), original.downcast_ref::<Exception>())
        else {
            continue;
        };
        if same_origin(own, from) {
            any_reraised = true;
            collect_leaves(&exception, &group_check, &mut reraised);
        } else {
            raised.push(exception);
        }
    }
    let projection =
        if any_reraised { split_tree(ctx, original, &Matcher::Leaves(reraised), false)?.0 } else { Value::NONE };
    if raised.is_empty() {
        return Ok(projection);
    }
    if !projection.is_none() {
        raised.push(projection);
    }
    if raised.len() == 1 {
        return Ok(raised.remove(0));
    }
    let message = ctx.names.empty.clone();
    let members = new_list(raised).into_value();
    new_group(ctx, &message, members)
}
