//! `re.Match`: what a pattern found.

use super::Classes;
use super::pattern::{Subject, foreign_self, this as pattern_of};
use crate::objects::arguments::{or_none, positional};
use crate::objects::ctx::Ctx;
use crate::objects::dict::new_dict;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::generic_alias;
use crate::objects::heap::Slot;
use crate::objects::int;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::sequence::is_index;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::text::regex::Found;
use crate::text::regex::run::NOWHERE;

crate::natives! { pub(super) static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => |ctx, _| Err(ctx.type_error("cannot create 're.Match' instances"));
    /// group([group1, ...]) -> str or tuple.
    /// Return subgroup(s) of the match by indices or names.
    /// For 0 returns the entire match.
    method "group(self, /, *args)" => group;
    /// Return index of the start of the substring matched by group.
    method "start(self, group=0, /)" => |ctx, args| edge(ctx, args, 0);
    /// Return index of the end of the substring matched by group.
    method "end(self, group=0, /)" => |ctx, args| edge(ctx, args, 1);
    /// For match object m, return the 2-tuple (m.start(group), m.end(group)).
    method "span(self, group=0, /)" => span;
    /// Return a tuple containing all the subgroups of the match, from 1.
    method "groups(self, /, default=None)" => groups;
    /// Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.
    method "groupdict(self, /, default=None)" => group_dict;
    /// Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.
    method "expand(self, /, template)" => super::replace::expand;
    method "__copy__(self, /)" => |_, args| Ok(args[0].clone());
    method "__deepcopy__(self, memo, /)" => |_, args| Ok(args[0].clone());
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
    /// Return self[key].
    method "__getitem__(self, key, /)" => |ctx, args| one(ctx, &args[0], &args[1], &Value::NONE);
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// member: The string passed to match() or search().
    getter "string(self)" => |ctx, args| Ok(this(ctx, &args[0])?.string.get());
    /// member: The regular expression object.
    getter "re(self)" => |ctx, args| Ok(this(ctx, &args[0])?.pattern.get());
    /// member: The index into the string at which the RE engine started looking for a match.
    getter "pos(self)" => |ctx, args| bound(ctx, args, |found| found.bounds.0);
    /// member: The index into the string beyond which the RE engine will not go.
    getter "endpos(self)" => |ctx, args| bound(ctx, args, |found| found.bounds.1);
    /// The integer index of the last matched capturing group.
    getter "lastindex(self)" => |ctx, args| Ok(match this(ctx, &args[0])?.found.last_group {
        0 => Value::NONE,
        group => int::from_i64(i64::from(group)),
    });
    /// The name of the last matched capturing group.
    getter "lastgroup(self)" => last_group;
    getter "regs(self)" => regs;
}

/// The data of a match. Places are byte offsets.
pub(super) struct Match {
    pub(super) pattern: Slot,
    pub(super) string: Slot,
    bounds: (usize, usize),
    pub(super) found: Found,
}

impl ForeignData for Match {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.pattern.peek(&mut *visit);
        self.string.peek(visit);
    }
}

/// Makes a match object; the bounds are what `pos` and `endpos` came to.
pub(super) fn new_match(ctx: &mut Ctx, pattern: &Value, string: &Value, bounds: (usize, usize), found: Found) -> Value {
    let data = Match { pattern: Slot::new(pattern.clone()), string: Slot::new(string.clone()), bounds, found };
    match &ctx.state::<Classes>().found {
        Some(class) => new_foreign(class.instance_shape.get(), data).into_value(),
        None => Value::NONE,
    }
}

pub(super) fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Match> {
    match data_of::<Match>(value) {
        Some(found) => Ok(found),
        None => Err(foreign_self(ctx)),
    }
}

/// The number of a group given by number or name.
fn group_number(ctx: &mut Ctx, found: &Match, key: &Value) -> PyResult<usize> {
    let count = found.found.slots.len() / 2;
    let number = if let Some(number) = key.as_small_int() {
        usize::try_from(number).ok()
    } else if let Some(name) = key.downcast_ref::<Str>() {
        let pattern = found.pattern.get();
        pattern_of(ctx, &pattern)?.group_named(name.as_str())
    } else if is_index(ctx, key) {
        let index = protocol::index_value(ctx, key)?;
        int::to_i64(&index).and_then(|index| usize::try_from(index).ok())
    } else {
        None
    };
    match number.filter(|number| *number < count) {
        Some(number) => Ok(number),
        None => Err(ctx.index_error("no such group")),
    }
}

impl Match {
    /// What a group matched.
    pub(super) fn part(&self, number: usize, default: &Value) -> Value {
        let string = self.string.get();
        let (start, end) = (self.found.slots[number * 2], self.found.slots[number * 2 + 1]);
        match Subject::of(&string) {
            Some(subject) if start != NOWHERE => {
                // A bytearray may have become shorter since.
                let length = subject.data.len();
                subject.slice(start.min(length), end.min(length))
            }
            _ => default.clone(),
        }
    }

    /// A byte offset as an index; -1 for nowhere.
    fn index(&self, offset: usize) -> Value {
        if offset == NOWHERE {
            return int::from_i64(-1);
        }
        let string = self.string.get();
        match string.downcast_ref::<Str>() {
            Some(text) => int::from_usize(text.char_index(offset)),
            None => int::from_usize(offset),
        }
    }

    fn pair(&self, number: usize) -> Value {
        let (start, end) = (self.found.slots[number * 2], self.found.slots[number * 2 + 1]);
        new_tuple([self.index(start), self.index(end)]).into_value()
    }
}

fn one(ctx: &mut Ctx, this_value: &Value, key: &Value, default: &Value) -> PyResult {
    let found = this(ctx, this_value)?;
    let number = group_number(ctx, found, key)?;
    Ok(found.part(number, default))
}

fn group(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match positional(&args[1]) {
        [] => Ok(this(ctx, &args[0])?.part(0, &Value::NONE)),
        [key] => one(ctx, &args[0], key, &Value::NONE),
        keys => {
            let mut parts = Vec::with_capacity(keys.len());
            for key in keys {
                parts.push(one(ctx, &args[0], key, &Value::NONE)?);
            }
            Ok(new_tuple(parts).into_value())
        }
    }
}

fn edge(ctx: &mut Ctx, args: &[Value], which: usize) -> PyResult {
    let found = this(ctx, &args[0])?;
    let number = if args[1].is_empty() { 0 } else { group_number(ctx, found, &args[1])? };
    Ok(found.index(found.found.slots[number * 2 + which]))
}

fn span(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = this(ctx, &args[0])?;
    let number = if args[1].is_empty() { 0 } else { group_number(ctx, found, &args[1])? };
    Ok(found.pair(number))
}

fn groups(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = this(ctx, &args[0])?;
    let default = or_none(&args[1]);
    let parts: Vec<Value> = (1..found.found.slots.len() / 2).map(|number| found.part(number, &default)).collect();
    Ok(new_tuple(parts).into_value())
}

fn group_dict(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = this(ctx, &args[0])?;
    let default = or_none(&args[1]);
    let pattern = found.pattern.get();
    let dict = new_dict();
    for (name, number) in &pattern_of(ctx, &pattern)?.names {
        dict.set_str(&intern(name), found.part(*number, &default));
    }
    Ok(dict.into_value())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = this(ctx, &args[0])?;
    let span = protocol::text::repr_string(ctx, &found.pair(0))?;
    let text = protocol::text::repr_string(ctx, &found.part(0, &Value::NONE))?;
    Ok(new_str(format!("<re.Match object; span={span}, match={text}>")).into_value())
}

fn bound(ctx: &mut Ctx, args: &[Value], which: fn(&Match) -> usize) -> PyResult {
    let found = this(ctx, &args[0])?;
    Ok(found.index(which(found)))
}

fn last_group(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = this(ctx, &args[0])?;
    let pattern = found.pattern.get();
    let names = &pattern_of(ctx, &pattern)?.names;
    let name = names.iter().find(|(_, number)| *number == found.found.last_group as usize);
    Ok(name.map_or(Value::NONE, |(name, _)| intern(name)))
}

fn regs(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found = this(ctx, &args[0])?;
    let pairs: Vec<Value> = (0..found.found.slots.len() / 2).map(|number| found.pair(number)).collect();
    Ok(new_tuple(pairs).into_value())
}
