//! Thread-local data: `_thread._local`, which is `threading.local`.
//!
//! Such an object has one attribute dict per thread. Before an attribute is looked at, the dict of the running thread is
//! put in the place where attributes are found (`ForeignData::before_attributes`), so that everything else about
//! attributes works as for any object. A thread's first look makes its dict, and runs `__init__` of a derived class again,
//! with the arguments that the object was made with. When a thread ends its dicts go at once.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use crate::objects::arguments::{keywords, positional};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::dict::{Dict, new_dict};
use crate::objects::foreign::{Foreign, ForeignData, new_foreign};
use crate::objects::heap::Ref;
use crate::objects::kind::Kind;
use crate::objects::native::{Native, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::scheduler::ThreadId;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

crate::natives! { static LOCAL:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    getter "__dict__(self)" => |_, args| Ok(protocol::attribute::attribute_dict(&args[0]).unwrap_or_default());
}

/// The dicts of one object, by thread.
type Dicts = RefCell<BTreeMap<ThreadId, Value>>;

/// The data of a thread-local object.
struct Local {
    dicts: Rc<Dicts>,
    /// The thread whose dict is in place.
    shown: Cell<Option<ThreadId>>,
    /// What the object was made with, for `__init__`.
    args: RefCell<(Value, Value)>,
}

impl ForeignData for Local {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.dicts.borrow().values().for_each(&mut *visit);
        let args = self.args.borrow();
        visit(&args.0);
        visit(&args.1);
    }

    fn clear(&self) {
        let dicts = std::mem::take(&mut *self.dicts.borrow_mut());
        let args = std::mem::take(&mut *self.args.borrow_mut());
        drop((dicts, args));
    }

    fn before_attributes(&self, ctx: &mut Ctx, object: &Value) -> PyResult<()> {
        let thread = ctx.threads.current();
        if self.shown.get() == Some(thread) {
            return Ok(());
        }
        let known = self.dicts.borrow().get(&thread).cloned();
        if let Some(dict) = known {
            self.show(object, thread, dict);
            return Ok(());
        }
        self.begin(ctx, object, thread);
        let Some(init) = own_init(ctx, object) else { return Ok(()) };
        let (args, kwargs) = self.args.borrow().clone();
        let class = protocol::class_of(ctx, object);
        let made = protocol::attribute::bind(ctx, &init, object, &class)
            .and_then(|init| protocol::call_keywords(ctx, &init, positional(&args), &keywords(&kwargs)));
        if let Err(Raised(())) = made {
            self.shown.set(None);
            drop(self.dicts.borrow_mut().remove(&thread));
            return Err(Raised(()));
        }
        Ok(())
    }
}

impl Local {
    /// Puts the dict of a thread in place.
    fn show(&self, object: &Value, thread: ThreadId, dict: Value) {
        self.shown.set(Some(thread));
        if let Some(slot) = protocol::attribute::dict_slot(object) {
            drop(slot.replace(dict));
        }
    }

    /// Makes the dict of a thread, and puts it in place.
    fn begin(&self, ctx: &mut Ctx, object: &Value, thread: ThreadId) {
        let dict = new_dict().into_value();
        self.dicts.borrow_mut().insert(thread, dict.clone());
        self.show(object, thread, dict);
        let used = ctx.state::<Used>().0.entry(thread).or_default();
        used.retain(|dicts| dicts.strong_count() > 0);
        used.push(Rc::downgrade(&self.dicts));
    }
}

/// The thread-local objects that each thread has used.
#[derive(Default)]
struct Used(BTreeMap<ThreadId, Vec<Weak<Dicts>>>);

/// A thread ends: what it kept in thread-local objects goes.
pub(super) fn forget(ctx: &mut Ctx, thread: ThreadId) {
    let Some(used) = ctx.state::<Used>().0.remove(&thread) else { return };
    for dicts in used.into_iter().filter_map(|dicts| dicts.upgrade()) {
        let Some(dict) = dicts.borrow_mut().remove(&thread) else { continue };
        // The dict may still be in place in the object, which would keep it until the next look.
        if let Some(dict) = dict.downcast_ref::<Dict>()
            && dict.header().count() <= 2
        {
            dict.clear();
        }
    }
}

/// The class, made once.
#[derive(Default)]
struct LocalClass(Option<Ref<Class>>);

/// The class of thread-local objects.
pub(super) fn class(ctx: &mut Ctx) -> Ref<Class> {
    if let Some(made) = &ctx.state::<LocalClass>().0 {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let class_flags = flags::SUBCLASSABLE | flags::HAS_WEAKREF | flags::HAS_DICT;
    let made = ctx.types.define_class(
        "_local",
        "_thread",
        "Thread-local data",
        &[&object],
        Kind::Foreign,
        class_flags,
        &[LOCAL],
    );
    ctx.state::<LocalClass>().0 = Some(made.clone());
    made
}

/// The `__init__` of a derived class.
fn own_init(ctx: &mut Ctx, object: &Value) -> Option<Value> {
    let init = protocol::lookup_special(ctx, object, &ctx.names.__init__)?;
    let is_objects =
        init.downcast_ref::<Native>().is_some_and(|native| native.owner.get().is(ctx.types.object.value()));
    if is_objects { None } else { Some(init) }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(ctx.type_error("not a class")) };
    let data =
        Local { dicts: Rc::default(), shown: Cell::new(None), args: RefCell::new((args[1].clone(), args[2].clone())) };
    let object: Ref<Foreign> = new_foreign(class.instance_shape.get(), data);
    let any = args[1].downcast_ref::<Tuple>().is_some_and(|args| !args.is_empty())
        || args[2].downcast_ref::<Dict>().is_some_and(|kwargs| !kwargs.is_empty());
    if any && own_init(ctx, object.value()).is_none() {
        return Err(ctx.type_error("Initialization arguments are not supported"));
    }
    if let Some(local) = object.get::<Local>() {
        // The call that makes the object runs `__init__` for this thread.
        let thread = ctx.threads.current();
        local.begin(ctx, object.value(), thread);
    }
    Ok(object.into_value())
}
