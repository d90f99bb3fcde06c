//! Module `operator`: Python's operators as functions, and callables that fetch an attribute, an item or a method's result.
//!
//! Source: "operator" of the Standard Library reference.

use crate::code::{BinaryOperator, Comparison};
use crate::objects::arguments::text_of;
use crate::objects::class::flags;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Slot;
use crate::objects::kind::Kind;
use crate::objects::native::{Control, PyResult, shape_asked};
use crate::objects::protocol::operator::UnaryOperator;
use crate::objects::signals::Pace;
use crate::objects::string::{Str, intern, intern_value, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{int, module, protocol};

type Args<'a> = &'a [Value];

fn binary(ctx: &mut Ctx, args: Args<'_>, op: BinaryOperator) -> PyResult {
    protocol::binary_op(ctx, op, &args[0], &args[1])
}

fn in_place(ctx: &mut Ctx, args: Args<'_>, op: BinaryOperator) -> PyResult {
    protocol::binary_op(ctx, op.in_place(), &args[0], &args[1])
}

fn comparison(ctx: &mut Ctx, args: Args<'_>, op: Comparison) -> PyResult {
    protocol::rich_compare(ctx, op, &args[0], &args[1])
}

fn unary(ctx: &mut Ctx, args: Args<'_>, op: UnaryOperator) -> PyResult {
    protocol::unary_op(ctx, op, &args[0])
}

crate::natives! { static FUNCTIONS:
    /// Same as a < b.
    function "lt(a, b, /)" => |ctx, args| comparison(ctx, args, Comparison::Less);
    /// Same as a <= b.
    function "le(a, b, /)" => |ctx, args| comparison(ctx, args, Comparison::LessEqual);
    /// Same as a == b.
    function "eq(a, b, /)" => |ctx, args| comparison(ctx, args, Comparison::Equal);
    /// Same as a != b.
    function "ne(a, b, /)" => |ctx, args| comparison(ctx, args, Comparison::NotEqual);
    /// Same as a >= b.
    function "ge(a, b, /)" => |ctx, args| comparison(ctx, args, Comparison::GreaterEqual);
    /// Same as a > b.
    function "gt(a, b, /)" => |ctx, args| comparison(ctx, args, Comparison::Greater);
    /// Same as not a.
    function "not_(a, /)" => |ctx, args| protocol::truth(ctx, &args[0]).map(|truth| Value::bool(!truth));
    /// Return True if a is true, False otherwise.
    function "truth(a, /)" => |ctx, args| protocol::truth(ctx, &args[0]).map(Value::bool);
    /// Same as a is b.
    function "is_(a, b, /)" => |_, args| Ok(Value::bool(args[0].is(&args[1])));
    /// Same as a is not b.
    function "is_not(a, b, /)" => |_, args| Ok(Value::bool(!args[0].is(&args[1])));
    /// Return abs(a).
    function "abs(a, /)" => abs;
    /// Same as a + b.
    function "add(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Add);
    /// Same as a & b.
    function "and_(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::And);
    /// Same as a // b.
    function "floordiv(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::FloorDivide);
    /// Return a converted to an integer, by way of its __index__ method.
    function "index(a, /)" => index;
    /// Same as ~a.
    function "inv(a, /)" => |ctx, args| unary(ctx, args, UnaryOperator::Invert);
    /// Same as ~a.
    function "invert(a, /)" => |ctx, args| unary(ctx, args, UnaryOperator::Invert);
    /// Same as a << b.
    function "lshift(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::LeftShift);
    /// Same as a % b.
    function "mod(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Remainder);
    /// Same as a * b.
    function "mul(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Multiply);
    /// Same as a @ b.
    function "matmul(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::MatrixMultiply);
    /// Same as -a.
    function "neg(a, /)" => |ctx, args| unary(ctx, args, UnaryOperator::Negative);
    /// Same as a | b.
    function "or_(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Or);
    /// Same as +a.
    function "pos(a, /)" => |ctx, args| unary(ctx, args, UnaryOperator::Positive);
    /// Same as a ** b.
    function "pow(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Power);
    /// Same as a >> b.
    function "rshift(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::RightShift);
    /// Same as a - b.
    function "sub(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Subtract);
    /// Same as a / b.
    function "truediv(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::TrueDivide);
    /// Same as a ^ b.
    function "xor(a, b, /)" => |ctx, args| binary(ctx, args, BinaryOperator::Xor);
    /// Same as a + b, for a and b sequences.
    function "concat(a, b, /)" => |ctx, args| concat(ctx, args, BinaryOperator::Add);
    /// Same as b in a (note reversed operands).
    function "contains(a, b, /)" => |ctx, args| protocol::contains(ctx, &args[0], &args[1]).map(Value::bool);
    /// Return the number of items in a which are, or which equal, b.
    function "countOf(a, b, /)" => count_of;
    /// Same as del a[b].
    function "delitem(a, b, /)" => |ctx, args| protocol::delete_item(ctx, &args[0], &args[1]).map(|()| Value::NONE);
    /// Same as a[b].
    function "getitem(a, b, /)" => |ctx, args| protocol::get_item(ctx, &args[0], &args[1]);
    /// Return the first index of b in a.
    function "indexOf(a, b, /)" => index_of;
    /// Same as a[b] = c.
    function "setitem(a, b, c, /)" => set_item;
    /// Return an estimate of the number of items in obj.
    ///
    /// This is useful for presizing containers when building from an iterable.
    ///
    /// If the object supports len(), the result will be exact.
    /// Otherwise, it may over- or under-estimate by an arbitrary amount.
    function "length_hint(obj, default=0, /)" => length_hint;
    /// Same as obj(*args, **kwargs).
    control function "call(obj, /, *args, **kwargs)" => call;
    /// Same as a += b.
    function "iadd(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Add);
    /// Same as a &= b.
    function "iand(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::And);
    /// Same as a += b, for a and b sequences.
    function "iconcat(a, b, /)" => |ctx, args| concat(ctx, args, BinaryOperator::Add.in_place());
    /// Same as a //= b.
    function "ifloordiv(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::FloorDivide);
    /// Same as a <<= b.
    function "ilshift(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::LeftShift);
    /// Same as a %= b.
    function "imod(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Remainder);
    /// Same as a *= b.
    function "imul(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Multiply);
    /// Same as a @= b.
    function "imatmul(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::MatrixMultiply);
    /// Same as a |= b.
    function "ior(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Or);
    /// Same as a **= b.
    function "ipow(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Power);
    /// Same as a >>= b.
    function "irshift(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::RightShift);
    /// Same as a -= b.
    function "isub(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Subtract);
    /// Same as a /= b.
    function "itruediv(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::TrueDivide);
    /// Same as a ^= b.
    function "ixor(a, b, /)" => |ctx, args| in_place(ctx, args, BinaryOperator::Xor);
}

crate::natives! { static ATTRGETTER:
    staticmethod "__new__(cls, attr, /, *attrs)" => new_attrgetter;
    method "__call__(self, obj, /)" => call_attrgetter;
    method "__repr__(self, /)" => repr;
    /// Return state information for pickling
    method "__reduce__(self, /)" => reduce;
}

crate::natives! { static ITEMGETTER:
    staticmethod "__new__(cls, item, /, *items)" => new_itemgetter;
    method "__call__(self, obj, /)" => call_itemgetter;
    method "__repr__(self, /)" => repr;
    /// Return state information for pickling
    method "__reduce__(self, /)" => reduce;
}

crate::natives! { static METHODCALLER:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_methodcaller;
    control method "__call__(self, obj, /)" => call_methodcaller;
    method "__repr__(self, /)" => repr;
    /// Return state information for pickling
    method "__reduce__(self, /)" => reduce;
}

/// Names that also exist as special method names: `operator.__add__`.
const SPECIAL: &[&str] = &[
    "lt",
    "le",
    "eq",
    "ne",
    "ge",
    "gt",
    "not_",
    "abs",
    "add",
    "and_",
    "call",
    "floordiv",
    "index",
    "inv",
    "invert",
    "lshift",
    "mod",
    "mul",
    "matmul",
    "neg",
    "or_",
    "pos",
    "pow",
    "rshift",
    "sub",
    "truediv",
    "xor",
    "concat",
    "contains",
    "delitem",
    "getitem",
    "setitem",
    "iadd",
    "iand",
    "iconcat",
    "ifloordiv",
    "ilshift",
    "imod",
    "imul",
    "imatmul",
    "ior",
    "ipow",
    "irshift",
    "isub",
    "itruediv",
    "ixor",
];

/// The module that was made first.
#[derive(Default)]
struct Made(Option<Value>);

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    // `operator` and `_operator` are two modules with the same functions, as pickle expects.
    if let Some(made) = ctx.state::<Made>().0.clone() {
        let module = module::new_module(ctx, "operator", None);
        for (name, value) in made.downcast_ref::<module::Module>().map(|made| made.dict.entries()).unwrap_or_default() {
            let is_of_import = ["__name__", "__spec__", "__loader__", "__package__", "__file__"];
            if !is_of_import.contains(&text_of(&name).as_str()) {
                module.dict.set_str(&intern_value(&name), value);
            }
        }
        return Ok(module.into_value());
    }
    let doc = "Operator interface.\n\nThis module exports a set of functions implemented in Rust corresponding\nto the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.";
    let module = module::new_module(ctx, "operator", Some(doc));
    let mut all = Vec::new();
    for def in FUNCTIONS {
        let function = new_function("_operator", def);
        let name = def.name();
        if SPECIAL.contains(&name) {
            module.dict.set_str(&intern(&format!("__{}__", name.trim_end_matches('_'))), function.clone());
        }
        module.dict.set_str(&intern(name), function);
        all.push(name);
    }
    let object = ctx.types.object.clone();
    let classes = [
        (
            "attrgetter",
            "Return a callable object that fetches the given attribute(s) from its operand.\n\nAfter f = attrgetter('name'), the call f(r) returns r.name.\nAfter g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last).",
            ATTRGETTER,
        ),
        (
            "itemgetter",
            "Return a callable object that fetches the given item(s) from its operand.\n\nAfter f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
            ITEMGETTER,
        ),
        (
            "methodcaller",
            "Return a callable object that calls the given method on its operand.\n\nAfter f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).",
            METHODCALLER,
        ),
    ];
    for (name, doc, table) in classes {
        let class =
            ctx.types.define_class(name, "operator", doc, &[&object], Kind::Foreign, flags::SUBCLASSABLE, &[table]);
        module.dict.set_str(&intern(name), class.into_value());
        all.push(name);
    }
    all.sort_unstable();
    let all = all.into_iter().map(intern).collect();
    module.dict.set_str(&ctx.names.__all__, crate::objects::list::new_list(all).into_value());
    let module = module.into_value();
    ctx.state::<Made>().0 = Some(module.clone());
    Ok(module)
}

/// The exact int that a value stands for, also for a bool.
fn index(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let number = protocol::index_value(ctx, &args[0])?;
    Ok(int::to_bigint(&number).map_or(number, int::from_bigint))
}

fn abs(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let name = ctx.names.__abs__.clone();
    match protocol::call_special(ctx, &args[0], &name, &[])? {
        Some(result) => Ok(result),
        None => Err(protocol::type_mismatch(ctx, "bad operand type for abs(): '{}'", &args[0])),
    }
}

fn concat(ctx: &mut Ctx, args: Args<'_>, op: BinaryOperator) -> PyResult {
    if protocol::lookup_special(ctx, &args[0], &ctx.names.__getitem__).is_none() || args[0].is_kind::<Dict>() {
        return Err(protocol::type_mismatch(ctx, "'{}' object can't be concatenated", &args[0]));
    }
    protocol::binary_op(ctx, op, &args[0], &args[1])
}

/// The iterator of an argument that is searched.
fn searched(ctx: &mut Ctx, value: &Value) -> PyResult {
    match protocol::iter(ctx, value) {
        Err(raised) => {
            let class = ctx.exceptions.TypeError.clone();
            ctx.catch(raised, &class)?;
            Err(protocol::type_mismatch(ctx, "argument of type '{}' is not iterable", value))
        }
        iterator => iterator,
    }
}

fn count_of(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let iterator = searched(ctx, &args[0])?;
    let mut count = 0;
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        count += protocol::equal(ctx, &item, &args[1])? as usize;
    }
    Ok(int::from_usize(count))
}

fn index_of(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let iterator = searched(ctx, &args[0])?;
    let mut index = 0;
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if protocol::equal(ctx, &item, &args[1])? {
            return Ok(int::from_usize(index));
        }
        index += 1;
    }
    Err(ctx.value_error("sequence.index(x): x not in sequence"))
}

fn set_item(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    protocol::set_item(ctx, &args[0], &args[1], args[2].clone())?;
    Ok(Value::NONE)
}

fn length_hint(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let default = if args[1].is_empty() { 0 } else { protocol::as_isize(ctx, &args[1])? };
    let hint = protocol::iteration::known_length_hint(ctx, &args[0])?;
    Ok(hint.map_or_else(|| int::from_i64(default as i64), int::from_usize))
}

fn call(_ctx: &mut Ctx, args: Args<'_>) -> PyResult<Control> {
    let positional = args[1].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    let keywords = args[2].downcast_ref::<Dict>().map(|dict| dict.entries()).unwrap_or_default();
    Ok(Control::Call(args[0].clone(), positional.iter().cloned().collect(), keywords))
}

/// What the three classes hold: their arguments.
struct Getter {
    /// A tuple of the positional arguments.
    args: Slot,
    /// For `methodcaller`, a dict of keyword arguments, or empty.
    keywords: Slot,
    /// For `attrgetter`, the names along each dotted path.
    paths: Vec<Vec<Value>>,
}

impl ForeignData for Getter {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.peek(&mut *visit);
        self.keywords.peek(&mut *visit);
        self.paths.iter().flatten().for_each(visit);
    }

    fn clear(&self) {
        self.args.take();
        self.keywords.take();
    }

    fn is_leaf_callable(&self) -> bool {
        true
    }
}

fn getter<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Getter> {
    match args.first().and_then(data_of::<Getter>) {
        Some(getter) => Ok(getter),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

/// The first argument and the rest as one tuple.
fn all_args(args: Args<'_>) -> Vec<Value> {
    let mut all = vec![args[1].clone()];
    if let Some(rest) = args[2].downcast_ref::<Tuple>() {
        all.extend_from_slice(rest.items());
    }
    all
}

fn new_attrgetter(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let all = all_args(args);
    let mut paths = Vec::with_capacity(all.len());
    for name in &all {
        match name.downcast_ref::<Str>() {
            Some(text) if text.as_str().contains('.') => paths.push(text.as_str().split('.').map(intern).collect()),
            Some(_) => paths.push(vec![intern_value(name)]),
            None => return Err(ctx.type_error("attribute name must be a string")),
        }
    }
    let getter = Getter { args: Slot::new(new_tuple(all).into_value()), keywords: Slot::default(), paths };
    Ok(new_foreign(shape, getter).into_value())
}

fn call_attrgetter(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let getter = getter(ctx, args)?;
    let follow = |ctx: &mut Ctx, path: &[Value]| {
        let mut object = args[1].clone();
        for name in path {
            object = protocol::get_attr(ctx, &object, name)?;
        }
        Ok(object)
    };
    if let [path] = getter.paths.as_slice() {
        return follow(ctx, path);
    }
    let mut found = Vec::with_capacity(getter.paths.len());
    for path in &getter.paths {
        found.push(follow(ctx, path)?);
    }
    Ok(new_tuple(found).into_value())
}

fn new_itemgetter(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let all = new_tuple(all_args(args)).into_value();
    let getter = Getter { args: Slot::new(all), keywords: Slot::default(), paths: Vec::new() };
    Ok(new_foreign(shape, getter).into_value())
}

fn call_itemgetter(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let keys = getter(ctx, args)?.args.get();
    match keys.downcast_ref::<Tuple>().map(|keys| keys.items()) {
        Some([key]) => {
            // The usual case: an exact tuple and a small index.
            if let (Some(tuple), Some(index)) = (args[1].downcast_ref::<Tuple>(), key.as_small_int())
                && !tuple.header().shape().is_user()
                && let Some(item) = usize::try_from(index).ok().and_then(|index| tuple.items().get(index))
            {
                return Ok(item.clone());
            }
            protocol::get_item(ctx, &args[1], key)
        }
        Some(keys) => {
            let mut found = Vec::with_capacity(keys.len());
            for key in keys {
                found.push(protocol::get_item(ctx, &args[1], key)?);
            }
            Ok(new_tuple(found).into_value())
        }
        None => Ok(Value::NONE),
    }
}

fn new_methodcaller(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    match args[1].downcast_ref::<Tuple>().and_then(|tuple| tuple.items().first().cloned()) {
        Some(name) if name.is_kind::<Str>() => {}
        Some(_) => return Err(ctx.type_error("method name must be a string")),
        None => return Err(ctx.type_error("methodcaller needs at least one argument, the method name")),
    }
    let keywords = if args[2].downcast_ref::<Dict>().is_some_and(|dict| !dict.is_empty()) {
        args[2].clone()
    } else {
        Value::EMPTY
    };
    let getter = Getter { args: Slot::new(args[1].clone()), keywords: Slot::new(keywords), paths: Vec::new() };
    Ok(new_foreign(shape, getter).into_value())
}

fn call_methodcaller(ctx: &mut Ctx, args: Args<'_>) -> PyResult<Control> {
    let caller = getter(ctx, args)?;
    let own = caller.args.get();
    let Some((name, rest)) = own.downcast_ref::<Tuple>().and_then(|tuple| tuple.items().split_first()) else {
        return Ok(Control::Return(Value::NONE));
    };
    let method = protocol::get_attr(ctx, &args[1], name)?;
    let keywords = caller.keywords.get().downcast_ref::<Dict>().map(|dict| dict.entries()).unwrap_or_default();
    Ok(Control::Call(method, rest.iter().cloned().collect(), keywords))
}

fn repr(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let getter = getter(ctx, args)?;
    let class = protocol::class_of(ctx, &args[0]);
    let name = protocol::full_class_name(ctx, &class);
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let mut parts = Vec::new();
        if let Some(own) = getter.args.get().downcast_ref::<Tuple>() {
            for arg in own.items() {
                parts.push(protocol::text::repr_string(ctx, arg)?);
            }
        }
        if let Some(keywords) = getter.keywords.get().downcast_ref::<Dict>() {
            for (key, value) in keywords.entries() {
                let key = protocol::text::str_string(ctx, &key)?;
                parts.push(format!("{key}={}", protocol::text::repr_string(ctx, &value)?));
            }
        }
        Ok(format!("{name}({})", parts.join(", ")))
    })?;
    Ok(new_str(text.unwrap_or_else(|| format!("{name}(...)"))).into_value())
}

fn reduce(ctx: &mut Ctx, args: Args<'_>) -> PyResult {
    let getter = getter(ctx, args)?;
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let own = getter.args.get();
    if getter.keywords.is_empty() {
        return Ok(new_tuple([class, own]).into_value());
    }
    // Only functools.partial can carry keyword arguments through a pickle.
    let functools = protocol::call_method(ctx, &builtin_import(ctx), "__call__", &[intern("functools")])?;
    let partial = protocol::get_attr(ctx, &functools, &intern("partial"))?;
    let Some((name, rest)) = own.downcast_ref::<Tuple>().and_then(|tuple| tuple.items().split_first()) else {
        return Ok(Value::NONE);
    };
    let keywords = getter.keywords.get().downcast_ref::<Dict>().map(|dict| dict.entries()).unwrap_or_default();
    let partial = protocol::call_keywords(ctx, &partial, &[class, name.clone()], &keywords)?;
    Ok(new_tuple([partial, new_tuple(rest.to_vec()).into_value()]).into_value())
}

fn builtin_import(ctx: &Ctx) -> Value {
    crate::objects::iterator::builtin(ctx, "__import__")
}
