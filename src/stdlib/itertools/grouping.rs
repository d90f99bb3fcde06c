//! `groupby` and `tee`: iterators whose parts share state.
//!
//! A group of `groupby` draws from the same iterator as its parent, and is dead as soon as the parent moves on, which a serial
//! number tells. The iterators that `tee` gives walk one linked list of items; the one in front fetches, and a link goes
//! when the last of them has passed it.

use std::cell::Cell;

use super::holds;
use super::stepping::with_source;
use crate::objects::advance::end;
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref, Slot};
use crate::objects::iterator::{Iter, NativeIterator, is_leaf, new_iter, next_inner};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Step, receiver, shape_asked};
use crate::objects::shape::ShapeId;
use crate::objects::signals::Pace;
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::objects::{generic_alias, protocol};

crate::natives! { pub(super) static GROUPBY:
    staticmethod "__new__(cls, iterable, key=None)" => new_groupby;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { pub(super) static GROUPER:
}

crate::natives! { pub(super) static TEE:
    staticmethod "__new__(cls, iterable, /)" => new_tee;
    /// Returns an independent iterator.
    method "__copy__(self, /)" => copy_tee;
}

crate::natives! { pub(super) static FUNCTIONS:
    /// Returns a tuple of n independent iterators.
    function "tee(iterable, n=2, /)" => tee;
}

/// The classes whose instances are made here.
#[derive(Default)]
struct Classes {
    grouper: Option<Ref<Class>>,
    tee: Option<Ref<Class>>,
    link: Option<Ref<Class>>,
}

/// Keeps the classes that this file makes instances of.
pub(super) fn remember(ctx: &mut Ctx, name: &str, class: &Ref<Class>) {
    let classes = ctx.state::<Classes>();
    match name {
        "_grouper" => classes.grouper = Some(class.clone()),
        "_tee" => classes.tee = Some(class.clone()),
        _ => {}
    }
}

/// Makes the class of the links of `tee`.
pub(super) fn define_links(ctx: &mut Ctx) {
    let object = ctx.types.object.clone();
    let doc = "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.";
    let class = ctx.types.define_class("_tee_dataobject", "itertools", doc, &[&object], Kind::Foreign, 0, &[]);
    ctx.state::<Classes>().link = Some(class);
}

fn shape_of(class: &Option<Ref<Class>>, kind: Kind) -> ShapeId {
    class.as_ref().map_or(ShapeId::exact(kind), |class| class.instance_shape.get())
}

struct GroupBy {
    iterator: Slot,
    /// The key function, or None.
    key: Slot,
    /// Key of the group given out last; empty before the first.
    group_key: Slot,
    /// The item fetched last and its key; empty when it was given out.
    current_key: Slot,
    current: Slot,
    /// Number of the group that is alive.
    serial: Cell<u64>,
}

fn new_groupby(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[1])?;
    let source = GroupBy {
        iterator: Slot::new(iterator),
        key: Slot::new(if args[2].is_empty() { Value::NONE } else { args[2].clone() }),
        group_key: Slot::default(),
        current_key: Slot::default(),
        current: Slot::default(),
        serial: Cell::new(0),
    };
    Ok(new_iter(shape, source).into_value())
}

impl GroupBy {
    /// Fetches an item and its key; false at the end.
    fn fetch(&self, ctx: &mut Ctx) -> PyResult<bool> {
        let Some(item) = next_inner(ctx, &self.iterator.get())? else { return Ok(false) };
        let function = self.key.get();
        let key = if function.is_none() {
            item.clone()
        } else {
            protocol::call(ctx, &function, std::slice::from_ref(&item))?
        };
        self.current.set(item);
        self.current_key.set(key);
        Ok(true)
    }

    /// Goes to the first item of the next group; gives its key.
    fn next_group(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        self.serial.set(self.serial.get() + 1);
        let mut pace = Pace::default();
        loop {
            let (current, group) = (self.current_key.get(), self.group_key.get());
            if !current.is_empty() && (group.is_empty() || !protocol::equal(ctx, &group, &current)?) {
                self.group_key.set(current.clone());
                return Ok(Some(current));
            }
            if !self.fetch(ctx)? {
                return Ok(None);
            }
            pace.step(ctx)?;
        }
    }
}

impl NativeIterator for GroupBy {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        // Needs the object itself, which its groups hold: see `next_of`.
        Ok(None)
    }

    fn next_of(&self, ctx: &mut Ctx, this: &Value) -> PyResult<Option<Value>> {
        let Some(key) = self.next_group(ctx)? else { return Ok(None) };
        let group = Group { parent: Slot::new(this.clone()), key: Slot::new(key.clone()), serial: self.serial.get() };
        let shape = shape_of(&ctx.state::<Classes>().grouper, Kind::Iter);
        let group = new_iter(shape, group).into_value();
        Ok(Some(new_tuple([key, group]).into_value()))
    }

    holds!(iterator, key, group_key, current_key, current);
}

/// What `_grouper` runs.
struct Group {
    parent: Slot,
    key: Slot,
    serial: u64,
}

impl NativeIterator for Group {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let parent = self.parent.get();
        let Some(parent) = parent.downcast_ref::<Iter>().and_then(|iter| iter.get::<GroupBy>()) else {
            return Ok(None);
        };
        if parent.serial.get() != self.serial || parent.current.is_empty() && !parent.fetch(ctx)? {
            return Ok(None);
        }
        let (key, current) = (self.key.get(), parent.current_key.get());
        if !protocol::equal(ctx, &key, &current)? {
            return Ok(None);
        }
        parent.current_key.take();
        Ok(Some(parent.current.take()))
    }

    holds!(parent, key);
}

/// A place in the list of items that `tee` iterators walk.
struct Link {
    /// What the items come from.
    iterator: Slot,
    /// The item here; empty until fetched.
    item: Slot,
    /// The next link; empty until the item is fetched.
    next: Slot,
    /// Whether the item is being fetched.
    busy: Cell<bool>,
}

impl ForeignData for Link {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.iterator.peek(&mut *visit);
        self.item.peek(&mut *visit);
        self.next.peek(visit);
    }

    fn clear(&self) {
        self.iterator.take();
        self.item.take();
        self.next.take();
    }
}

fn new_link(ctx: &mut Ctx, iterator: Value) -> Value {
    let shape = shape_of(&ctx.state::<Classes>().link, Kind::Foreign);
    let link =
        Link { iterator: Slot::new(iterator), item: Slot::default(), next: Slot::default(), busy: Cell::new(false) };
    new_foreign(shape, link).into_value()
}

/// What `_tee` runs.
struct Tee {
    link: Slot,
}

impl NativeIterator for Tee {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let value = self.link.get();
        let Some(link) = data_of::<Link>(&value) else { return Ok(None) };
        if link.item.is_empty() {
            if link.busy.replace(true) {
                return Err(ctx.runtime_error("cannot re-enter the tee iterator"));
            }
            let iterator = link.iterator.get();
            let item = next_inner(ctx, &iterator);
            link.busy.set(false);
            let Some(item) = item? else { return Ok(None) };
            let next = new_link(ctx, iterator);
            link.item.set(item);
            link.next.set(next);
        }
        self.link.set(link.next.get());
        Ok(Some(link.item.get()))
    }

    fn step_among_threads(&self) -> Option<Step> {
        let link = self.link.get();
        data_of::<Link>(&link).filter(|link| link.item.is_empty() && !is_leaf(&link.iterator.get()))?;
        Some(tee_step)
    }

    holds!(link);
}

/// As [`Tee::next`] on the chain of frames; local 1 is the link whose item is fetched.
fn tee_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<Tee>(frame, |tee| {
        if matches!(input, Input::Start) {
            frame.set_local(1, tee.link.get());
        }
        let value = frame.local(1);
        let Some(link) = data_of::<Link>(&value) else { return Ok(Action::Exhausted(Value::NONE)) };
        let iterator = link.iterator.get();
        match input {
            Input::Start if link.busy.replace(true) => {
                return Err(ctx.runtime_error("cannot re-enter the tee iterator"));
            }
            Input::Start => return Ok(Action::Next(iterator)),
            Input::Value(_) | Input::Exhausted(_) | Input::Raised => link.busy.set(false),
        }
        match input {
            Input::Value(item) => {
                let next = new_link(ctx, iterator);
                link.item.set(item.clone());
                link.next.set(next.clone());
                tee.link.set(next);
                Ok(Action::Yield(item))
            }
            Input::Start | Input::Exhausted(_) => Ok(Action::Exhausted(Value::NONE)),
            Input::Raised => end(ctx),
        }
    })
}

fn new_tee(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[1])?;
    if let Some(tee) = iterator.downcast_ref::<Iter>().and_then(|iter| iter.get::<Tee>()) {
        return Ok(new_iter(shape, Tee { link: Slot::new(tee.link.get()) }).into_value());
    }
    let link = new_link(ctx, iterator);
    Ok(new_iter(shape, Tee { link: Slot::new(link) }).into_value())
}

fn copy_tee(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iter = receiver::<Iter>(ctx, args)?;
    let link = iter.get::<Tee>().map_or(Value::NONE, |tee| tee.link.get());
    Ok(new_iter(iter.header().shape(), Tee { link: Slot::new(link) }).into_value())
}

fn tee(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let count = if args[1].is_empty() { 2 } else { protocol::as_isize(ctx, &args[1])? };
    if count < 0 {
        return Err(ctx.value_error("n must be >= 0"));
    }
    if count == 0 {
        return Ok(new_tuple([]).into_value());
    }
    let iterator = protocol::iter(ctx, &args[0])?;
    let mut copies = Vec::new();
    // An iterator that can be copied is: its copies are the result.
    if let Some(copy) = protocol::get_attr_optional(ctx, &iterator, &intern("__copy__"))? {
        copies.push(iterator);
        for _ in 1..count {
            copies.push(protocol::call(ctx, &copy, &[])?);
        }
        return Ok(new_tuple(copies).into_value());
    }
    let link = new_link(ctx, iterator);
    let shape = shape_of(&ctx.state::<Classes>().tee, Kind::Iter);
    for _ in 0..count {
        copies.push(new_iter(shape, Tee { link: Slot::new(link.clone()) }).into_value());
    }
    Ok(new_tuple(copies).into_value())
}
