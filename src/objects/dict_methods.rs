//! The methods of `dict`: construction, updates from mappings and iterables of pairs, comparison, subscription.
//!
//! The table that they work on is in [`dict`](super::dict). A step of `update` walks the iterable on the frame chain, so a generator
//! may suspend below it.
//!
//! Source: Standard Library "Mapping Types - dict".

use super::ctx::Ctx;
use super::dict::{Dict, ViewKind, from_payload, is_exact, new_dict};
use super::heap::{Obj, alloc};
use super::iterator::{Walk, walk};
use super::kind::Kind;
use super::list::List;
use super::native::{Action, Input, NativeFrame, PyResult, Raised, receiver, shape_asked};
use super::signals::Pace;
use super::string::new_str;
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use super::{dict_view, generic_alias, int, protocol};

crate::natives! { pub(crate) static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    step method "__init__(self, iterable=(), /, **kwargs)" => update;
    method "__repr__(self, /)" => repr;
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, false);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, true);
    method "__lt__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    method "__le__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    method "__gt__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    method "__ge__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    method "__len__(self, /)" => |ctx, args| Ok(int::from_usize(receiver::<Dict>(ctx, args)?.len()));
    method "__iter__(self, /)" => |ctx, args| Ok(dict_view::iterator(ctx, &args[0], ViewKind::Keys, false));
    /// Return a reverse iterator over the dict keys.
    method "__reversed__(self, /)" => |ctx, args| Ok(dict_view::iterator(ctx, &args[0], ViewKind::Keys, true));
    /// True if the dictionary has the specified key, else False.
    method "__contains__(self, key, /)" => contains;
    /// Return self[key].
    method "__getitem__(self, key, /)" => get_item;
    method "__setitem__(self, key, value, /)" => set_item;
    method "__delitem__(self, key, /)" => delete_item;
    method "__or__(self, value, /)" => |ctx, args| union(ctx, &args[0], &args[1]);
    method "__ror__(self, value, /)" => |ctx, args| union(ctx, &args[1], &args[0]);
    method "__ior__(self, value, /)" => union_in_place;
    /// Return the size of the dict in memory.
    method "__sizeof__(self, /)" => memory_size;
    /// Remove all items from the dict.
    method "clear(self, /)" => clear;
    /// Return a shallow copy of the dict.
    method "copy(self, /)" => |ctx, args| Ok(from_payload(receiver::<Dict>(ctx, args)?.copied()).into_value());
    /// Create a new dictionary with keys from iterable and values set to value.
    classmethod "fromkeys(cls, iterable, value=None, /)" => from_keys;
    /// Return the value for key if key is in the dictionary, else default.
    method "get(self, key, default=None, /)" => get;
    /// Return a set-like object providing a view on the dict's items.
    method "items(self, /)" => |ctx, args| Ok(dict_view::new_view(ctx, &args[0], ViewKind::Items));
    /// Return a set-like object providing a view on the dict's keys.
    method "keys(self, /)" => |ctx, args| Ok(dict_view::new_view(ctx, &args[0], ViewKind::Keys));
    /// D.pop(k[,d]) -> v, remove specified key and return the corresponding value.
    ///
    /// If the key is not found, return the default if given; otherwise,
    /// raise a KeyError.
    method "pop(self, key, default=<unrepresentable>, /)" => pop;
    /// Remove and return a (key, value) pair as a 2-tuple.
    ///
    /// Pairs are returned in LIFO (last-in, first-out) order.
    /// Raises KeyError if the dict is empty.
    method "popitem(self, /)" => pop_item;
    /// Insert key with a value of default if key is not in the dictionary.
    ///
    /// Return the value for key if key is in the dictionary, else default.
    method "setdefault(self, key, default=None, /)" => set_default;
    /// D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.
    /// If E is present and has a .keys() method, then does:  for k in E.keys(): D[k] = E[k]
    /// If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v
    /// In either case, this is followed by: for k in F:  D[k] = F[k]
    step method "update(self, iterable=(), /, **kwargs)" => update;
    /// Return an object providing a view on the dict's values.
    method "values(self, /)" => |ctx, args| Ok(dict_view::new_view(ctx, &args[0], ViewKind::Values));
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Dict)?;
    Ok(alloc(shape, Dict::new()).into_value())
}

/// A dict that iterates as `dict` does: not an instance of a subclass with its own `__iter__`.
fn plain_dict<'a>(ctx: &Ctx, value: &'a Value) -> Option<&'a Obj<Dict>> {
    let dict = value.downcast_ref::<Dict>()?;
    if is_exact(dict) {
        return Some(dict);
    }
    let own = protocol::lookup_special(ctx, value, &ctx.names.__iter__)?;
    let inherited = ctx.types.dict.lookup(&ctx.names.__iter__)?;
    own.is(&inherited).then_some(dict)
}

/// Updates a dict from a mapping or an iterable of pairs.
///
/// # Errors
/// TypeError, ValueError for what is neither; what the source raises.
pub fn update_from(ctx: &mut Ctx, dict: &Obj<Dict>, source: &Value) -> PyResult<()> {
    if update_from_mapping(ctx, dict, source)? {
        return Ok(());
    }
    let iterator = protocol::iter(ctx, source)?;
    let mut number = 0;
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        insert_pair(ctx, dict, &item, number)?;
        number += 1;
    }
    Ok(())
}

/// Updates from a mapping; false when the source is none.
fn update_from_mapping(ctx: &mut Ctx, dict: &Obj<Dict>, source: &Value) -> PyResult<bool> {
    if let Some(other) = plain_dict(ctx, source) {
        return dict.merge(ctx, other).map(|()| true);
    }
    let name = ctx.names.keys.clone();
    let is_native_sequence =
        source.header().is_none_or(|header| matches!(header.kind(), Kind::List | Kind::Tuple | Kind::Frame));
    let keys = if is_native_sequence && !source.header().is_some_and(|header| header.shape().is_user()) {
        None
    } else {
        protocol::get_attr_optional(ctx, source, &name)?
    };
    let Some(keys) = keys else { return Ok(false) };
    let keys = protocol::call(ctx, &keys, &[])?;
    let iterator = protocol::iter(ctx, &keys)?;
    let mut pace = Pace::default();
    while let Some(key) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        let value = protocol::get_item(ctx, source, &key)?;
        let old = dict.insert(ctx, key, value)?;
        drop(old);
    }
    Ok(true)
}

/// Inserts a pair that an iterable gave; its number is for the messages.
///
/// # Errors
/// TypeError or ValueError for what is no pair; what hashing or comparing the key raises.
pub(super) fn insert_pair(ctx: &mut Ctx, dict: &Obj<Dict>, item: &Value, number: u32) -> PyResult<()> {
    let pair = match item.downcast_ref::<Tuple>() {
        Some(tuple) if !tuple.header().shape().is_user() => match tuple.items() {
            [key, value] => {
                let old = dict.insert(ctx, key.clone(), value.clone())?;
                drop(old);
                return Ok(());
            }
            items => items.to_vec(),
        },
        _ => match item.downcast_ref::<List>().map(|list| list.to_vec()) {
            Some(items) => items,
            None => match protocol::collect(ctx, item) {
                Ok(items) => items,
                Err(raised) => {
                    let class = ctx.exceptions.TypeError.clone();
                    ctx.catch(raised, &class)?;
                    return Err(ctx.type_error(format!(
                        "cannot convert dictionary update sequence element #{number} to a sequence"
                    )));
                }
            },
        },
    };
    match <[Value; 2]>::try_from(pair) {
        Ok([key, value]) => {
            let old = dict.insert(ctx, key, value)?;
            drop(old);
            Ok(())
        }
        Err(pair) => {
            let length = pair.len();
            Err(ctx.value_error(format!(
                "dictionary update sequence element #{number} has length {length}; 2 is required"
            )))
        }
    }
}

/// `update` and `__init__`. Locals: the dict, the source, the keyword arguments; the state counts pairs.
fn update(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let this = frame.local(0);
    let Some(dict) = this.downcast_ref::<Dict>() else { return Err(Raised(())) };
    let source = frame.local(1);
    let from_mapping = matches!(input, Input::Start) && (source.is_empty() || update_from_mapping(ctx, dict, &source)?);
    if !from_mapping {
        let walked = walk(ctx, frame, input, 1, |ctx, item| {
            let number = frame.state.get();
            frame.state.set(number + 1);
            insert_pair(ctx, dict, &item, number)?;
            Ok(true)
        })?;
        if let Walk::Wait(action) = walked {
            return Ok(action);
        }
    }
    if let Some(keywords) = frame.local(2).downcast_ref::<Dict>() {
        dict.merge(ctx, keywords)?;
    }
    Ok(Action::Return(Value::NONE))
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = receiver::<Dict>(ctx, args)?;
    plain_repr(ctx, &args[0], dict).map(|text| new_str(text).into_value())
}

/// The text of a dict as `dict` itself shows it.
///
/// # Errors
/// What the `__repr__` of keys and values raises.
pub fn plain_repr(ctx: &mut Ctx, this: &Value, dict: &Obj<Dict>) -> PyResult<String> {
    let text = protocol::text::guarded_repr(ctx, this, |ctx| {
        let mut out = String::from("{");
        let mut position = 0;
        while let Some((key, value)) = dict.next_entry(&mut position) {
            if out.len() > 1 {
                out.push_str(", ");
            }
            protocol::text::push_repr(ctx, &key, &mut out)?;
            out.push_str(": ");
            protocol::text::push_repr(ctx, &value, &mut out)?;
        }
        out.push('}');
        Ok(out)
    })?;
    Ok(text.unwrap_or_else(|| "{...}".to_owned()))
}

fn compare(ctx: &mut Ctx, args: &[Value], negate: bool) -> PyResult {
    let this = receiver::<Dict>(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<Dict>() else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::bool(equal(ctx, this, other)? != negate))
}

fn equal(ctx: &mut Ctx, a: &Dict, b: &Dict) -> PyResult<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut position = 0;
    while let Some((hash, key, value)) = a.next_hashed(&mut position) {
        match b.get_hashed(ctx, hash, &key)? {
            Some(other) if protocol::equal(ctx, &value, &other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Dict>(ctx, args)?.contains(ctx, &args[1]).map(Value::bool)
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = receiver::<Dict>(ctx, args)?;
    if let Some(value) = dict.get(ctx, &args[1])? {
        return Ok(value);
    }
    if !is_exact(dict) {
        let name = ctx.names.__missing__.clone();
        if let Some(value) = protocol::call_special(ctx, &args[0], &name, &args[1..2])? {
            return Ok(value);
        }
    }
    Err(ctx.key_error(&args[1]))
}

fn set_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let old = receiver::<Dict>(ctx, args)?.insert(ctx, args[1].clone(), args[2].clone())?;
    drop(old);
    Ok(Value::NONE)
}

fn delete_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match receiver::<Dict>(ctx, args)?.remove(ctx, &args[1])? {
        Some(_) => Ok(Value::NONE),
        None => Err(ctx.key_error(&args[1])),
    }
}

fn union(ctx: &mut Ctx, left: &Value, right: &Value) -> PyResult {
    let (Some(a), true) = (left.downcast_ref::<Dict>(), right.is_kind::<Dict>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let result = from_payload(a.copied());
    update_from(ctx, &result, right)?;
    Ok(result.into_value())
}

fn union_in_place(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = receiver::<Dict>(ctx, args)?;
    update_from(ctx, dict, &args[1])?;
    Ok(args[0].clone())
}

fn memory_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let extra = receiver::<Dict>(ctx, args)?.extra_size();
    Ok(int::from_usize(size_of::<Obj<Dict>>() + extra))
}

fn clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Dict::clear(receiver::<Dict>(ctx, args)?);
    Ok(Value::NONE)
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = receiver::<Dict>(ctx, args)?.get(ctx, &args[1])?;
    Ok(found.unwrap_or_else(|| if args[2].is_empty() { Value::NONE } else { args[2].clone() }))
}

fn pop(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match receiver::<Dict>(ctx, args)?.remove(ctx, &args[1])? {
        Some((_, value)) => Ok(value),
        None if args[2].is_empty() => Err(ctx.key_error(&args[1])),
        None => Ok(args[2].clone()),
    }
}

fn pop_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match receiver::<Dict>(ctx, args)?.pop_last() {
        Some((key, value)) => Ok(new_tuple([key, value]).into_value()),
        None => {
            let message = ctx.str("popitem(): dictionary is empty");
            Err(ctx.key_error(&message))
        }
    }
}

fn set_default(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let default = if args[2].is_empty() { Value::NONE } else { args[2].clone() };
    receiver::<Dict>(ctx, args)?.set_default(ctx, args[1].clone(), default)
}

fn from_keys(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let value = if args[2].is_empty() { Value::NONE } else { args[2].clone() };
    let result =
        if args[0].is(ctx.types.dict.value()) { new_dict().into_value() } else { protocol::call(ctx, &args[0], &[])? };
    let iterator = protocol::iter(ctx, &args[1])?;
    let dict = result.downcast::<Dict>().filter(|dict| is_exact(dict));
    let mut pace = Pace::default();
    while let Some(key) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        match &dict {
            Some(dict) => {
                let old = dict.insert(ctx, key, value.clone())?;
                drop(old);
            }
            None => protocol::set_item(ctx, &result, &key, value.clone())?,
        }
    }
    Ok(result)
}
