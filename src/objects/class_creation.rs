//! Making classes: what `type.__new__` does, and what changing `__bases__` does again.
//!
//! The steps are those of "Creating the class object" (Language Reference 3.3.3.6): find the metaclass, find the base
//! that decides the layout of instances, turn `__slots__` into members, compute the method resolution order, set the
//! `__class__` cell, tell the attributes their names (`__set_name__`), tell the parent (`__init_subclass__`).
//!
//! Layouts: an instance has one payload. A class is *solid* when its instances are laid out unlike those of its base: a
//! built-in class with a payload of its own, or a class whose `__slots__` add members. Bases can be combined when their
//! nearest solid classes lie on one line of inheritance; the lowest of them decides.

use super::arguments::text_of;
use super::cell::CellObject;
use super::class::{self, Class, flags};
use super::ctx::Ctx;
use super::descriptor::{Member, Wrapper};
use super::dict::{self, Dict};
use super::function::Function;
use super::heap::{Obj, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::{PyResult, Raised};
use super::protocol::{self, attribute};
use super::shape::ShapeId;
use super::string::{Str, intern};
use super::tuple::{self, Tuple};
use super::value::Value;

crate::natives! { static INSTANCE_ATTRIBUTES:
    /// dictionary for instance variables
    getter "__dict__(self)" => instance_dict;
    setter "__dict__(self, value)" => set_instance_dict;
    /// list of weak references to the object
    getter "__weakref__(self)" => instance_weakref;
}

/// The index of a member that has no inline slot: its value stands in the attribute dict of a built-in payload.
pub const MEMBER_IN_DICT: u16 = u16::MAX;

/// The most derived of the metaclasses of the bases and the given one.
///
/// # Errors
/// TypeError when there is none.
pub fn metaclass_of_bases(ctx: &mut Ctx, meta: &Ref<Class>, bases: &[Value]) -> PyResult<Ref<Class>> {
    let mut winner = meta.clone();
    for base in bases {
        let other = protocol::class_of(ctx, base);
        if winner.is_subclass_of(&other) {
            continue;
        }
        if other.is_subclass_of(&winner) {
            winner = other;
            continue;
        }
        return Err(ctx.type_error(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
        ));
    }
    Ok(winner)
}

/// `type.__new__(meta, name, bases, namespace, **kwargs)`
///
/// # Errors
/// TypeError and ValueError for what cannot be a class; what the hooks raise.
pub fn new_class(
    ctx: &mut Ctx,
    meta: &Value,
    name: &Value,
    bases: &Value,
    namespace: &Ref<Dict>,
    kwargs: &[(Value, Value)],
) -> PyResult {
    let Some(meta) = meta.downcast::<Class>() else {
        return Err(protocol::type_mismatch(ctx, "type.__new__(X): X is not a type object ({})", meta));
    };
    let given: Vec<Value> = super::arguments::positional(bases).to_vec();
    for base in &given {
        if !base.is_kind::<Class>() && protocol::lookup_special(ctx, base, &ctx.names.__mro_entries__).is_some() {
            return Err(ctx.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    let winner = metaclass_of_bases(ctx, &meta, &given)?;
    let constructor = ctx.names.__new__.clone();
    if !winner.value().is(meta.value())
        && let (Some(own), Some(base)) = (winner.lookup(&constructor), ctx.types.type_.lookup(&constructor))
        && !own.is(&base)
    {
        // The winner has its own way of making classes: leave it to it.
        let args = [winner.value().clone(), name.clone(), bases.clone(), namespace.value().clone()];
        let own = attribute::bind_for_class(ctx, &own, &winner)?;
        return protocol::call_keywords(ctx, &own, &args, kwargs);
    }
    let given = if given.is_empty() { vec![ctx.types.object.value().clone()] } else { given };
    let class = build(ctx, &winner, name, given, namespace)?;
    set_names(ctx, &class)?;
    init_subclass(ctx, &class, kwargs)?;
    Ok(class.into_value())
}

fn build(
    ctx: &mut Ctx,
    meta: &Ref<Class>,
    name: &Value,
    bases: Vec<Value>,
    namespace: &Ref<Dict>,
) -> PyResult<Ref<Class>> {
    let base = best_base(ctx, &bases)?;
    let namespace = dict::from_payload(namespace.copied());
    if text_of(name).contains('\0') {
        return Err(ctx.value_error("type name must not contain null characters"));
    }
    let slots = read_slots(ctx, &text_of(name), &base, &bases, &namespace)?;
    let qualname = match namespace.remove_str(&ctx.names.__qualname__) {
        Some(qualname) if qualname.is_kind::<Str>() => qualname,
        Some(odd) => return Err(protocol::type_mismatch(ctx, "type __qualname__ must be a str, not {}", &odd)),
        None => name.clone(),
    };
    complete_namespace(ctx, &namespace);
    let bases_tuple = tuple::new_tuple(bases.clone()).into_value();
    let mut class_flags = flags::USER | flags::SUBCLASSABLE;
    if slots.dict || any_base(&bases, flags::HAS_DICT) {
        class_flags |= flags::HAS_DICT;
    }
    if slots.weakref || any_base(&bases, flags::HAS_WEAKREF) {
        class_flags |= flags::HAS_WEAKREF;
    }
    let payload = Class::new(name.clone(), qualname, bases_tuple, namespace, base.layout, class_flags);
    payload.slot_count.set(base.slot_count.get());
    payload.expected_attributes.set(base.expected_attributes.get());
    let class = alloc(meta.instance_shape.get(), payload);
    add_members(&class, &base, &slots);
    set_class_cells(ctx, &class)?;
    let mro = find_mro(ctx, &class)?;
    class.link(mro);
    inherit_pattern_flags(ctx, &class);
    if class.namespace().get_str(&ctx.names.__eq__).is_some()
        && class.namespace().get_str(&ctx.names.__hash__).is_none()
    {
        class.namespace().set_str(&ctx.names.__hash__, Value::NONE);
    }
    class.make_shapes();
    Ok(class)
}

fn any_base(bases: &[Value], flag: u32) -> bool {
    bases.iter().filter_map(Value::downcast_ref::<Class>).any(|base| base.has_flag(flag))
}

/// Adds what every class has, and wraps the methods that are static or class methods without saying so.
fn complete_namespace(ctx: &mut Ctx, namespace: &Ref<Dict>) {
    let names = &ctx.names;
    if namespace.get_str(&names.__module__).is_none()
        && let Some(frame) = protocol::current_frame(ctx)
        && let Some(function) = frame.func.get().downcast_ref::<Function>()
        && let Some(module) =
            function.globals.get().downcast_ref::<Dict>().and_then(|globals| globals.get_str(&names.__name__))
    {
        namespace.set_str(&names.__module__, module);
    }
    if namespace.get_str(&names.__doc__).is_none() {
        namespace.set_str(&names.__doc__, Value::NONE);
    }
    let wrap = |name: &Value, shape: ShapeId| {
        if let Some(function) = namespace.get_str(name)
            && function.is_kind::<Function>()
        {
            let wrapper = Wrapper { func: Slot::new(function), attrs: Slot::default() };
            namespace.set_str(name, alloc(shape, wrapper).into_value());
        }
    };
    wrap(&names.__new__, ShapeId::exact(Kind::Wrapper));
    wrap(&names.__init_subclass__, super::descriptor::SHAPE_CLASSMETHOD);
    wrap(&names.__class_getitem__, super::descriptor::SHAPE_CLASSMETHOD);
}

/// What `__slots__` asks for.
struct Slots {
    names: Vec<Value>,
    /// A `__dict__` descriptor is added.
    dict: bool,
    /// A `__weakref__` descriptor is added.
    weakref: bool,
}

fn has_items(layout: Kind) -> bool {
    matches!(layout, Kind::Int | Kind::Tuple | Kind::Bytes | Kind::Class)
}

fn read_slots(
    ctx: &mut Ctx,
    class: &str,
    base: &Obj<Class>,
    bases: &[Value],
    namespace: &Obj<Dict>,
) -> PyResult<Slots> {
    let may_dict = !base.has_flag(flags::HAS_DICT);
    let may_weakref = !base.has_flag(flags::HAS_WEAKREF) && !has_items(base.layout);
    let Some(asked) = namespace.get_str(&ctx.names.__slots__) else {
        return Ok(Slots { names: Vec::new(), dict: may_dict, weakref: may_weakref });
    };
    let asked = if asked.is_kind::<Str>() { vec![asked] } else { protocol::collect(ctx, &asked)? };
    let mut slots = Slots { names: Vec::new(), dict: false, weakref: false };
    if !asked.is_empty() && has_items(base.layout) {
        let base = base.name_string();
        return Err(ctx.type_error(format!("nonempty __slots__ not supported for subtype of '{base}'")));
    }
    for item in &asked {
        let Some(text) = item.downcast_ref::<Str>() else {
            return Err(protocol::type_mismatch(ctx, "__slots__ items must be strings, not '{}'", item));
        };
        match text.as_str() {
            "__dict__" => {
                if !may_dict || slots.dict {
                    return Err(ctx.type_error("__dict__ slot disallowed: we already got one"));
                }
                slots.dict = true;
            }
            "__weakref__" => {
                if !may_weakref || slots.weakref {
                    return Err(ctx.type_error("__weakref__ slot disallowed: we already got one"));
                }
                slots.weakref = true;
            }
            text if !crate::text::unicode::isidentifier(text) => {
                return Err(ctx.type_error("__slots__ must be identifiers"));
            }
            text => {
                let name = intern(&mangle(class, text));
                let reserved = matches!(text, "__qualname__" | "__classcell__" | "__classdictcell__");
                if !reserved && namespace.get_str(&name).is_some() {
                    let shown = crate::text::repr::string(&text_of(&name));
                    return Err(ctx.value_error(format!("{shown} in __slots__ conflicts with class variable")));
                }
                slots.names.push(name);
            }
        }
    }
    slots.names.sort_by_key(text_of);
    let secondary = |flag: u32| bases.len() > 1 && any_base(bases, flag);
    slots.dict |= may_dict && !slots.dict && secondary(flags::HAS_DICT);
    slots.weakref |= may_weakref && !slots.weakref && secondary(flags::HAS_WEAKREF);
    Ok(slots)
}

/// A private name as it is spelled in a class (`__x` in `class C` is `_C__x`).
fn mangle(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || class.is_empty() {
        return name.to_owned();
    }
    format!("_{class}{name}")
}

fn add_members(class: &Ref<Class>, base: &Obj<Class>, slots: &Slots) {
    let inline = base.layout == Kind::Instance;
    let mut count = base.slot_count.get();
    for name in &slots.names {
        let index = if inline { count } else { MEMBER_IN_DICT };
        count += 1;
        let member = Member { name: Slot::new(name.clone()), owner: Slot::new(class.value().clone()), index };
        class.namespace().set_str(name, alloc(ShapeId::exact(Kind::Member), member).into_value());
    }
    class.slot_count.set(count);
    let add = |getter: usize, setter: Option<usize>| {
        let def = &INSTANCE_ATTRIBUTES[getter];
        let name = intern(def.name());
        if class.namespace().get_str(&name).is_none() {
            let setter = setter.map(|index| &INSTANCE_ATTRIBUTES[index]);
            let descriptor = super::native_methods::new_getset(def, setter, class.value());
            class.namespace().set_str(&name, descriptor);
        }
    };
    if slots.dict {
        add(0, Some(1));
    }
    if slots.weakref {
        add(2, None);
    }
    // `__doc__` stands last, as in CPython, where it is entered when the class is complete.
    let doc = intern("__doc__");
    if let Some(text) = class.namespace().get_str(&doc)
        && text.is_none()
    {
        class.namespace().remove_str(&doc);
        class.namespace().set_str(&doc, text);
    }
}

fn set_class_cells(ctx: &mut Ctx, class: &Ref<Class>) -> PyResult<()> {
    if let Some(cell) = class.namespace().remove_str(&ctx.names.__classcell__) {
        let Some(cell) = cell.downcast_ref::<CellObject>() else {
            let got = protocol::class_of(ctx, &cell);
            let got = protocol::full_class_name(ctx, &got);
            let message = format!("__classcell__ must be a nonlocal cell, not <class '{got}'>");
            return Err(ctx.type_error(message));
        };
        cell.content.set(class.value().clone());
    }
    if let Some(cell) = class.namespace().remove_str(&intern("__classdictcell__"))
        && let Some(cell) = cell.downcast_ref::<CellObject>()
    {
        cell.content.set(class.namespace().value().clone());
    }
    Ok(())
}

/// What `mro()` of `type` gives: the class, then the merge of its bases' orders.
///
/// # Errors
/// TypeError when the bases contradict each other.
pub fn compute_mro(ctx: &mut Ctx, class: &Obj<Class>) -> PyResult<Vec<Value>> {
    let bases = super::arguments::positional(&class.bases.get()).to_vec();
    for (index, base) in bases.iter().enumerate() {
        if bases[index + 1..].iter().any(|other| other.is(base)) {
            let name = base.downcast_ref::<Class>().map_or_else(String::new, |class| class.name_string());
            return Err(ctx.type_error(format!("duplicate base class {name}")));
        }
    }
    match class::merge_orders(&bases) {
        Ok(tail) => {
            let mut mro = vec![class.to_value()];
            mro.extend(tail);
            Ok(mro)
        }
        Err(heads) => {
            let mut names: Vec<String> = Vec::new();
            for head in heads.iter().filter_map(Value::downcast_ref::<Class>) {
                let name = head.name_string();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let names = names.join(", ");
            Err(ctx.type_error(format!("Cannot create a consistent method resolution order (MRO) for bases {names}")))
        }
    }
}

/// The order that the metaclass's `mro()` gives, checked when it is not `type`'s.
fn find_mro(ctx: &mut Ctx, class: &Ref<Class>) -> PyResult<Vec<Value>> {
    let method = protocol::lookup_special(ctx, class.value(), &ctx.names.mro);
    let own = ctx.types.type_.lookup(&ctx.names.mro);
    let (Some(method), Some(own)) = (method, own) else { return compute_mro(ctx, class) };
    if method.is(&own) {
        return compute_mro(ctx, class);
    }
    let result = protocol::call_unbound(ctx, &method, class.value(), &[])?;
    let mut mro = protocol::collect(ctx, &result)?;
    let solid = solid_class_of_bases(class);
    for item in &mro {
        let Some(base) = item.downcast_ref::<Class>() else {
            return Err(protocol::type_mismatch(ctx, "mro() returned a non-class ('{}')", item));
        };
        if item.is(class.value()) {
            continue;
        }
        if !solid.as_ref().is_some_and(|solid| solid.is_subclass_of(&solid_class(base))) {
            let name = base.name_string();
            return Err(ctx.type_error(format!("mro() returned base with unsuitable layout ('{name}')")));
        }
    }
    // The table of classes counts on a class being first in its own order.
    mro.retain(|item| !item.is(class.value()));
    mro.insert(0, class.value().clone());
    Ok(mro)
}

fn solid_class_of_bases(class: &Obj<Class>) -> Option<Ref<Class>> {
    let bases = class.bases.get();
    let solids = super::arguments::positional(&bases).iter().filter_map(Value::downcast_ref::<Class>).map(solid_class);
    solids.reduce(|best, other| if other.is_subclass_of(&best) { other } else { best })
}

/// Exception classes whose instances CPython lays out differently from those of their base.
const SOLID_EXCEPTIONS: &[&str] = &[
    "BaseException",
    "BaseExceptionGroup",
    "SystemExit",
    "ImportError",
    "NameError",
    "AttributeError",
    "OSError",
    "StopIteration",
    "SyntaxError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeTranslateError",
];

fn is_solid(class: &Obj<Class>) -> bool {
    let bases = class.bases.get();
    let bases = super::arguments::positional(&bases);
    let bases = || bases.iter().filter_map(Value::downcast_ref::<Class>);
    if class.has_flag(flags::USER) {
        return class.slot_count.get() > bases().map(|base| base.slot_count.get()).max().unwrap_or(0);
    }
    match bases().next() {
        None => true,
        Some(base) if base.layout != class.layout => true,
        Some(_) => class.layout == Kind::Exception && SOLID_EXCEPTIONS.contains(&class.name_string().as_str()),
    }
}

/// The nearest class that decides how instances are laid out.
fn solid_class(class: &Obj<Class>) -> Ref<Class> {
    let found = class.mro().into_iter().filter_map(|base| base.downcast::<Class>()).find(|base| is_solid(base));
    found.unwrap_or_else(|| class.to_ref())
}

/// The base that decides the layout of instances (`__base__`).
///
/// # Errors
/// TypeError when a base is no class, cannot be derived from, or the layouts contradict each other.
pub fn best_base(ctx: &mut Ctx, bases: &[Value]) -> PyResult<Ref<Class>> {
    let mut best: Option<(Ref<Class>, Ref<Class>)> = None;
    for base in bases {
        let Some(base) = base.downcast::<Class>() else { return Err(ctx.type_error("bases must be types")) };
        if !base.has_flag(flags::SUBCLASSABLE) {
            let name = full_name(ctx, &base);
            return Err(ctx.type_error(format!("type '{name}' is not an acceptable base type")));
        }
        let solid = solid_class(&base);
        best = match best {
            None => Some((base, solid)),
            Some((winner, winning)) if winning.is_subclass_of(&solid) => Some((winner, winning)),
            Some((_, winning)) if solid.is_subclass_of(&winning) => Some((base, solid)),
            Some(_) => return Err(ctx.type_error("multiple bases have instance lay-out conflict")),
        };
    }
    Ok(best.map_or_else(|| ctx.types.object.clone(), |(base, _)| base))
}

fn full_name(ctx: &Ctx, class: &Obj<Class>) -> String {
    let module = class.lookup(&ctx.names.__module__).map(|module| text_of(&module)).unwrap_or_default();
    if module.is_empty() || module == "builtins" || class.has_flag(flags::USER) {
        return class.name_string();
    }
    format!("{module}.{}", class.name_string())
}

/// `__base__`, None for `object`.
pub fn base_of(class: &Obj<Class>) -> Option<Ref<Class>> {
    let bases = class.bases.get();
    let mut best: Option<(Ref<Class>, Ref<Class>)> = None;
    for base in super::arguments::positional(&bases).iter().filter_map(Value::downcast::<Class>) {
        let solid = solid_class(&base);
        best = match best {
            Some((winner, winning)) if winning.is_subclass_of(&solid) => Some((winner, winning)),
            _ => Some((base, solid)),
        };
    }
    best.map(|(base, _)| base)
}

fn slot_names(class: &Obj<Class>) -> Vec<String> {
    let mut names = Vec::new();
    for base in class.mro().iter().filter_map(Value::downcast_ref::<Class>) {
        for (_, value) in base.namespace().entries() {
            if let Some(member) = value.downcast_ref::<Member>() {
                names.push(text_of(&member.name.get()));
            }
        }
    }
    names.sort();
    names
}

/// Whether an instance of one class can be made one of the other by exchanging the class.
pub fn same_layout(a: &Obj<Class>, b: &Obj<Class>) -> bool {
    let payload = |class: &Obj<Class>| {
        let mro = class.mro();
        let own = mro.iter().filter_map(Value::downcast_ref::<Class>).find(|c| !c.has_flag(flags::USER) && is_solid(c));
        own.map(|own| own.to_ref().value().bits())
    };
    let attributes = flags::HAS_DICT | flags::HAS_WEAKREF;
    a.layout == b.layout
        && a.slot_count.get() == b.slot_count.get()
        && (a.layout == Kind::Module || a.flags.get() & attributes == b.flags.get() & attributes)
        && payload(a) == payload(b)
        && slot_names(a) == slot_names(b)
}

/// The bits of `__abc_tpflags__`, with which an abstract class says that its instances match sequence or mapping
/// patterns.
pub fn set_pattern_flags(class: &Obj<Class>, value: &Value) {
    let Some(bits) = value.as_small_int() else { return };
    if bits & 1 << 5 != 0 {
        class.set_flag(flags::SEQUENCE, true);
        class.set_flag(flags::MAPPING, false);
    } else if bits & 1 << 6 != 0 {
        class.set_flag(flags::MAPPING, true);
        class.set_flag(flags::SEQUENCE, false);
    }
}

/// As [`set_pattern_flags`], for a class and those derived from it: `register()` tells a class that has subclasses.
pub fn set_pattern_flags_below(class: &Obj<Class>, value: &Value) {
    let mut todo = vec![class.to_ref()];
    while let Some(class) = todo.pop() {
        set_pattern_flags(&class, value);
        todo.extend(class.direct_subclasses(class.value()).iter().filter_map(Value::downcast::<Class>));
    }
}

fn inherit_pattern_flags(ctx: &mut Ctx, class: &Obj<Class>) {
    let _ = ctx;
    if let Some(value) = class.namespace().get_str(&super::type_::pattern_flags_name()) {
        set_pattern_flags(class, &value);
        return;
    }
    let mask = flags::SEQUENCE | flags::MAPPING;
    for base in class.mro().iter().skip(1).filter_map(Value::downcast_ref::<Class>) {
        if base.flags.get() & mask != 0 {
            class.flags.set(class.flags.get() | base.flags.get() & mask);
            return;
        }
    }
}

/// Makes the shapes of a class and its subclasses anew, after `__del__` came or went.
pub fn remake_shapes(class: &Obj<Class>) {
    let mut todo = vec![class.to_ref()];
    while let Some(class) = todo.pop() {
        class.make_shapes();
        todo.extend(class.direct_subclasses(class.value()).iter().filter_map(Value::downcast::<Class>));
    }
}

fn set_names(ctx: &mut Ctx, class: &Ref<Class>) -> PyResult<()> {
    let hook_name = ctx.names.__set_name__.clone();
    for (key, value) in class.namespace().entries() {
        if value.is_immediate() || value.is_kind::<Function>() || value.is_kind::<Str>() {
            continue;
        }
        let Some(hook) = protocol::lookup_special(ctx, &value, &hook_name) else { continue };
        if let Err(raised) = protocol::call_unbound(ctx, &hook, &value, &[class.value().clone(), key.clone()]) {
            let kind = protocol::class_name(ctx, &value);
            let exception = ctx.take_raised(raised);
            let shown = protocol::text::repr_string(ctx, &key)?;
            let own = class.name_string();
            let note = format!("Error calling __set_name__ on '{kind}' instance {shown} in '{own}'");
            super::exception::add_note_text(ctx, &exception, note)?;
            return Err(ctx.reraise(exception));
        }
    }
    Ok(())
}

fn init_subclass(ctx: &mut Ctx, class: &Ref<Class>, kwargs: &[(Value, Value)]) -> PyResult<()> {
    let name = ctx.names.__init_subclass__.clone();
    let found =
        class.mro().iter().skip(1).filter_map(Value::downcast_ref::<Class>).find_map(|c| c.namespace().get_str(&name));
    let Some(found) = found else { return Ok(()) };
    if kwargs.is_empty() && ctx.types.object.lookup(&name).is_some_and(|base| base.is(&found)) {
        return Ok(());
    }
    let hook = attribute::bind_for_class(ctx, &found, class)?;
    protocol::call_keywords(ctx, &hook, &[], kwargs).map(drop)
}

/// `class.__bases__ = value`
///
/// # Errors
/// TypeError for what cannot be the bases of this class.
pub fn change_bases(ctx: &mut Ctx, class: &Obj<Class>, value: &Value) -> PyResult<()> {
    let name = class.name_string();
    let Some(tuple) = value.downcast_ref::<Tuple>() else {
        let message = format!("can only assign tuple to {name}.__bases__, not {{}}");
        return Err(protocol::type_mismatch(ctx, &message, value));
    };
    if tuple.is_empty() {
        return Err(ctx.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
    }
    for base in tuple.items() {
        let Some(base) = base.downcast_ref::<Class>() else {
            return Err(protocol::type_mismatch(
                ctx,
                &format!("{name}.__bases__ must be tuple of classes, not '{{}}'"),
                base,
            ));
        };
        if base.is_subclass_of(class) || is_below(base, class) {
            return Err(ctx.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let new_base = best_base(ctx, tuple.items())?;
    let old_base = base_of(class).unwrap_or_else(|| ctx.types.object.clone());
    if !same_layout(&new_base, &old_base) {
        let (new, old) = (new_base.name_string(), old_base.name_string());
        // CPython looks at how instances are freed first, which classes of programs have in common.
        let both_made = new_base.has_flag(flags::USER) && old_base.has_flag(flags::USER);
        let what = if both_made { "object layout" } else { "deallocator" };
        return Err(ctx.type_error(format!("__bases__ assignment: '{new}' {what} differs from '{old}'")));
    }
    let old = class.bases.replace(value.clone());
    let mut replaced = Vec::new();
    let outcome = relink_hierarchy(ctx, &class.to_ref(), &mut replaced);
    // A program's `mro()` may have assigned other bases meanwhile: these stand then.
    if outcome.is_err() && class.bases.get().is(value) {
        class.bases.set(old);
        for (class, mro) in replaced.into_iter().rev() {
            class.relink(mro);
        }
    }
    outcome
}

/// Whether a class stands below another one by way of `__base__`. The method resolution order, which is usually asked,
/// is not up to date while a program's own `mro()` runs.
fn is_below(class: &Obj<Class>, other: &Obj<Class>) -> bool {
    let mut link = Some(class.to_ref());
    while let Some(class) = link {
        if class.is(&other.to_value()) {
            return true;
        }
        link = base_of(&class);
    }
    false
}

/// Computes the orders of a class and, parents first, of all its subclasses again; notes those that were replaced.
fn relink_hierarchy(ctx: &mut Ctx, class: &Ref<Class>, replaced: &mut Vec<(Ref<Class>, Vec<Value>)>) -> PyResult<()> {
    let mut todo = std::collections::VecDeque::from([class.clone()]);
    while let Some(class) = todo.pop_front() {
        let subclasses = class.direct_subclasses(class.value());
        let mro = find_mro(ctx, &class)?;
        replaced.push((class.clone(), class.mro()));
        class.relink(mro);
        todo.extend(subclasses.iter().filter_map(Value::downcast::<Class>));
    }
    Ok(())
}

fn instance_dict(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match attribute::attribute_dict(&args[0]) {
        Some(dict) => Ok(dict),
        None => Err(no_dict(ctx, &args[0])),
    }
}

#[cold]
fn no_dict(ctx: &mut Ctx, object: &Value) -> Raised {
    let name = ctx.names.__dict__.clone();
    protocol::no_attribute(ctx, object, &name)
}

/// Makes another dict the attributes of an object, or an empty one for `del`.
///
/// # Errors
/// TypeError for what is no dict.
pub fn set_instance_dict(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let new = if args[1].is_empty() { dict::new_dict().into_value() } else { args[1].clone() };
    if !new.is_kind::<Dict>() {
        return Err(protocol::type_mismatch(ctx, "__dict__ must be set to a dictionary, not a '{}'", &new));
    }
    if let Some(instance) = args[0].downcast_ref::<super::instance::Instance>() {
        let old = instance.dict();
        instance.replace_dict(new);
        drop(old);
        return Ok(Value::NONE);
    }
    match attribute::dict_slot(&args[0]) {
        Some(slot) => {
            slot.set(new);
            Ok(Value::NONE)
        }
        None => Err(no_dict(ctx, &args[0])),
    }
}

fn instance_weakref(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(super::heap::weak_references(&args[0]).into_iter().next().unwrap_or(Value::NONE))
}
