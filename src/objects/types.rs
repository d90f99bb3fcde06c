//! The built-in classes: one row each, made when an interpreter starts.
//!
//! A row names the field of [`Types`], the class's name and module, its base, the shape of its exact instances, its
//! flags (`B` open to subclassing, `D` instances have a `__dict__`, `W` instances can be weakly referenced, `S`/`M`
//! match sequence/mapping patterns) and its tables of natives, which stand at the top of the type's own file.

use super::class::{self, Class, Listed, flags};
use super::heap::{Obj, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::{Native, NativeDef, Role};
use super::shape::{self, ShapeId};
use super::string::intern;
use super::value::Value;
use super::*;

/// Shape of `method_descriptor`: an unbound native method.
pub const SHAPE_METHOD_DESCRIPTOR: ShapeId = ShapeId::numbered(Kind::Native, 100);
/// Shape of `wrapper_descriptor`: an unbound native special method.
pub const SHAPE_WRAPPER_DESCRIPTOR: ShapeId = ShapeId::numbered(Kind::Native, 101);
/// Shape of `method-wrapper`: a bound native special method.
pub const SHAPE_METHOD_WRAPPER: ShapeId = ShapeId::numbered(Kind::Native, 102);
/// Shape of `classmethod_descriptor`.
pub const SHAPE_CLASSMETHOD_DESCRIPTOR: ShapeId = ShapeId::numbered(Kind::Native, 103);
/// Shape of `getset_descriptor`.
pub const SHAPE_GETSET_DESCRIPTOR: ShapeId = ShapeId::numbered(Kind::Native, 104);

macro_rules! builtin_types {
    ($root:ident, $type_:ident; $($field:ident $name:literal $module:literal ($base:ident) $shape:expr, [$($flag:ident)*], [$($table:path),*], $doc:literal;)+) => {
        /// One class per built-in type.
        #[expect(missing_docs, reason = "each field is the class it names")]
        pub struct Types {
            pub $root: Ref<Class>,
            pub $type_: Ref<Class>,
            $(pub $field: Ref<Class>,)+
        }

        impl Default for Types {
            fn default() -> Types {
                Types::new()
            }
        }

        impl Types {
            /// Makes the classes.
            pub fn new() -> Types {
                let ($root, $type_) = roots();
                $(let $field = define($name, &[$base.value().clone()], $shape, 0 $(| builtin_types!(@flag $flag))*);)+
                let types = Types { $root, $type_, $($field,)+ };
                types.fill();
                types
            }

            fn fill(&self) {
                complete(&self.object, "builtins", "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n", &[object::METHODS]);
                complete(&self.type_, "builtins", "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type", &[type_::METHODS]);
                $(complete(&self.$field, $module, $doc, &[$($table),*]);)+
            }

            /// The classes that are names of `builtins`.
            pub fn named(&self) -> Vec<(&'static str, Ref<Class>)> {
                let mut all = vec![("object", self.object.clone()), ("type", self.type_.clone())];
                $(if $module == "builtins" && builtin_types!(@named $($flag)*) { all.push(($name, self.$field.clone())); })+
                all
            }
        }
    };
    (@flag B) => { flags::SUBCLASSABLE };
    (@flag D) => { flags::HAS_DICT };
    (@flag W) => { flags::HAS_WEAKREF };
    (@flag S) => { flags::SEQUENCE };
    (@flag M) => { flags::MAPPING };
    (@flag N) => { 0 };
    (@named $($flag:ident)*) => { false $(|| builtin_types!(@is_named $flag))* };
    (@is_named N) => { true };
    (@is_named $other:ident) => { false };
}

const fn e(kind: Kind) -> ShapeId {
    ShapeId::exact(kind)
}

const fn n(kind: Kind, number: u32) -> ShapeId {
    ShapeId::numbered(kind, number)
}

// Flag `N`: the class is a name of `builtins`. Shapes numbered 110 and up are those of iterators and other small types.
builtin_types! {
    object, type_;
    int "int" "builtins" (object) e(Kind::Int), [N B], [int::METHODS], "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments\nare given.";
    bool_ "bool" "builtins" (int) n(Kind::Int, 110), [N], [bool_::METHODS], "Returns True when the argument is true, False otherwise.";
    float "float" "builtins" (object) e(Kind::Float), [N B], [float::METHODS], "Convert a string or number to a floating-point number, if possible.";
    complex "complex" "builtins" (object) e(Kind::Complex), [N B], [complex::METHODS], "Create a complex number from a string or numbers.";
    str_ "str" "builtins" (object) e(Kind::Str), [N B], [str_methods::METHODS, str_search::METHODS, str_format::METHODS], "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the given object.";
    bytes "bytes" "builtins" (object) e(Kind::Bytes), [N B], [bytes_methods::METHODS, bytes_format::METHODS, bytes::METHODS], "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes";
    bytearray "bytearray" "builtins" (object) e(Kind::ByteArray), [N B], [bytes_methods::METHODS, bytes_format::METHODS, bytearray::METHODS], "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray";
    memoryview "memoryview" "builtins" (object) e(Kind::MemoryView), [N W S], [memoryview::METHODS], "Create a new memoryview object which references the given object.";
    list "list" "builtins" (object) e(Kind::List), [N B S], [list::METHODS], "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.";
    tuple "tuple" "builtins" (object) e(Kind::Tuple), [N B S], [tuple::METHODS], "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.";
    dict "dict" "builtins" (object) e(Kind::Dict), [N B M], [dict_methods::METHODS], "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)";
    dict_keys "dict_keys" "builtins" (object) n(Kind::DictView, 111), [], [dict_view::COMMON_METHODS, dict_view::SET_METHODS], "";
    dict_values "dict_values" "builtins" (object) n(Kind::DictView, 112), [], [dict_view::COMMON_METHODS], "";
    dict_items "dict_items" "builtins" (object) n(Kind::DictView, 113), [], [dict_view::COMMON_METHODS, dict_view::SET_METHODS], "";
    set "set" "builtins" (object) e(Kind::Set), [N B W], [set::COMMON_METHODS, set::METHODS], "Build an unordered collection of unique elements.";
    frozenset "frozenset" "builtins" (object) set::SHAPE_FROZENSET, [N B W], [set::COMMON_METHODS, set::FROZEN_METHODS], "Build an immutable unordered collection of unique elements.";
    range "range" "builtins" (object) e(Kind::Range), [N S], [range::METHODS], "range(stop) -> range object\nrange(start, stop[, step]) -> range object";
    slice "slice" "builtins" (object) e(Kind::Slice), [N], [slice::METHODS], "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).";
    list_iterator "list_iterator" "builtins" (object) e(Kind::ListIter), [], [list::ITERATOR_METHODS], "";
    list_reverseiterator "list_reverseiterator" "builtins" (object) n(Kind::ListIter, 114), [], [list::REVERSE_ITERATOR_METHODS], "";
    range_iterator "range_iterator" "builtins" (object) e(Kind::RangeIter), [], [range::ITERATOR_METHODS], "";
    longrange_iterator "longrange_iterator" "builtins" (object) n(Kind::Iter, 115), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS], "";
    tuple_iterator "tuple_iterator" "builtins" (object) e(Kind::TupleIter), [], [tuple::ITERATOR_METHODS], "";
    str_iterator "str_iterator" "builtins" (object) n(Kind::Iter, 117), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS], "";
    str_ascii_iterator "str_ascii_iterator" "builtins" (object) n(Kind::Iter, 118), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS], "";
    bytes_iterator "bytes_iterator" "builtins" (object) n(Kind::Iter, 119), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS], "";
    bytearray_iterator "bytearray_iterator" "builtins" (object) n(Kind::Iter, 120), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS], "";
    memory_iterator "memory_iterator" "builtins" (object) n(Kind::Iter, 121), [], [iterator::METHODS], "";
    set_iterator "set_iterator" "builtins" (object) n(Kind::Iter, 122), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    dict_keyiterator "dict_keyiterator" "builtins" (object) n(Kind::Iter, 123), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    dict_valueiterator "dict_valueiterator" "builtins" (object) n(Kind::Iter, 124), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    dict_itemiterator "dict_itemiterator" "builtins" (object) n(Kind::Iter, 125), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    dict_reversekeyiterator "dict_reversekeyiterator" "builtins" (object) n(Kind::Iter, 126), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    dict_reversevalueiterator "dict_reversevalueiterator" "builtins" (object) n(Kind::Iter, 127), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    dict_reverseitemiterator "dict_reverseitemiterator" "builtins" (object) n(Kind::Iter, 128), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS], "";
    iterator "iterator" "builtins" (object) n(Kind::Iter, 129), [], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS], "";
    callable_iterator "callable_iterator" "builtins" (object) n(Kind::Iter, 130), [], [iterator::METHODS, iterator::REDUCE_METHODS], "";
    enumerate "enumerate" "builtins" (object) adapters::SHAPE_ENUMERATE, [N B], [iterator::METHODS, iterator::REDUCE_METHODS, adapters::ENUMERATE_METHODS], "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...";
    zip "zip" "builtins" (object) adapters::SHAPE_ZIP, [N B], [iterator::METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS, adapters::ZIP_METHODS], "The zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().";
    map "map" "builtins" (object) n(Kind::Iter, 133), [N B], [iterator::METHODS, iterator::REDUCE_METHODS, adapters::MAP_METHODS], "Make an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.";
    filter "filter" "builtins" (object) n(Kind::Iter, 134), [N B], [iterator::METHODS, iterator::REDUCE_METHODS, adapters::FILTER_METHODS], "Return an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.";
    reversed "reversed" "builtins" (object) n(Kind::Iter, 135), [N B], [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS, iterator::STATE_METHODS, adapters::REVERSED_METHODS], "Return a reverse iterator over the values of the given sequence.";
    function "function" "builtins" (object) e(Kind::Function), [D W], [function::METHODS], "Create a function object.";
    method "method" "builtins" (object) e(Kind::BoundMethod), [W], [function::BOUND_METHODS], "Create a bound instance method object.";
    builtin_function "builtin_function_or_method" "builtins" (object) e(Kind::Native), [W], [native_methods::METHODS, native_methods::FUNCTION_METHODS], "";
    method_descriptor "method_descriptor" "builtins" (object) SHAPE_METHOD_DESCRIPTOR, [], [native_methods::METHODS, native_methods::DESCRIPTOR_METHODS], "";
    wrapper_descriptor "wrapper_descriptor" "builtins" (object) SHAPE_WRAPPER_DESCRIPTOR, [], [native_methods::METHODS, native_methods::DESCRIPTOR_METHODS], "";
    method_wrapper "method-wrapper" "builtins" (object) SHAPE_METHOD_WRAPPER, [], [native_methods::METHODS, native_methods::WRAPPER_METHODS], "";
    classmethod_descriptor "classmethod_descriptor" "builtins" (object) SHAPE_CLASSMETHOD_DESCRIPTOR, [], [native_methods::METHODS, native_methods::DESCRIPTOR_METHODS], "";
    getset_descriptor "getset_descriptor" "builtins" (object) SHAPE_GETSET_DESCRIPTOR, [], [native_methods::GETSET_METHODS], "";
    module "module" "builtins" (object) e(Kind::Module), [B D W], [module::METHODS], "Create a module object.";
    code "code" "builtins" (object) e(Kind::Code), [W], [code_methods::METHODS], "Create a code object.";
    cell "cell" "builtins" (object) e(Kind::Cell), [], [cell::METHODS], "Create a new cell object.";
    generator "generator" "builtins" (object) frame::SHAPE_GENERATOR, [W], [generator::GENERATOR_METHODS], "";
    coroutine "coroutine" "builtins" (object) frame::SHAPE_COROUTINE, [W], [generator::COROUTINE_METHODS], "";
    async_generator "async_generator" "builtins" (object) frame::SHAPE_ASYNC_GENERATOR, [W], [generator::ASYNC_GENERATOR_METHODS], "";
    coroutine_wrapper "coroutine_wrapper" "builtins" (object) e(Kind::Suspension), [], [suspension::METHODS], "";
    async_generator_asend "async_generator_asend" "builtins" (object) n(Kind::Suspension, 136), [], [suspension::METHODS], "";
    async_generator_athrow "async_generator_athrow" "builtins" (object) n(Kind::Suspension, 137), [], [suspension::METHODS], "";
    anext_awaitable "anext_awaitable" "builtins" (object) n(Kind::Suspension, 138), [], [suspension::METHODS], "";
    property "property" "builtins" (object) e(Kind::Property), [N B], [descriptor::PROPERTY_METHODS], "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring";
    staticmethod "staticmethod" "builtins" (object) e(Kind::Wrapper), [N B D], [descriptor::STATICMETHOD_METHODS], "Convert a function to be a static method.";
    classmethod "classmethod" "builtins" (object) descriptor::SHAPE_CLASSMETHOD, [N B D], [descriptor::CLASSMETHOD_METHODS], "Convert a function to be a class method.";
    member_descriptor "member_descriptor" "builtins" (object) e(Kind::Member), [], [descriptor::MEMBER_METHODS], "";
    super_ "super" "builtins" (object) e(Kind::Super), [N B], [super_::METHODS], "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)";
    traceback "traceback" "builtins" (object) e(Kind::Traceback), [], [traceback::METHODS], "Create a new traceback object.";
    frame "frame" "builtins" (object) e(Kind::FrameView), [], [frame_view::METHODS], "";
    weakref "ReferenceType" "weakref" (object) e(Kind::WeakRef), [B], [weakref::METHODS], "";
    weak_proxy "ProxyType" "weakref" (object) n(Kind::WeakRef, 139), [], [weakref::PROXY_METHODS], "";
    weak_callable_proxy "CallableProxyType" "weakref" (object) n(Kind::WeakRef, 140), [], [weakref::PROXY_METHODS, weakref::CALLABLE_PROXY_METHODS], "";
    generic_alias "GenericAlias" "types" (object) e(Kind::GenericAlias), [B W], [generic_alias::METHODS], "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).";
    union_type "UnionType" "types" (object) generic_alias::SHAPE_UNION, [W], [generic_alias::UNION_METHODS], "Represent a PEP 604 union type\n\nE.g. for int | str";
    mappingproxy "mappingproxy" "builtins" (object) e(Kind::Proxy), [M], [proxy::METHODS], "Read-only proxy of a mapping.";
    simple_namespace "SimpleNamespace" "types" (object) n(Kind::Instance, 141), [B D], [simple_namespace::METHODS], "A simple attribute-based namespace.";
    none_type "NoneType" "builtins" (object) n(Kind::Int, 142), [], [singletons::NONE_METHODS], "The type of the None singleton.";
    not_implemented_type "NotImplementedType" "builtins" (object) n(Kind::Int, 143), [], [singletons::NOT_IMPLEMENTED_METHODS], "The type of the NotImplemented singleton.";
    ellipsis_type "ellipsis" "builtins" (object) n(Kind::Int, 144), [], [singletons::ELLIPSIS_METHODS], "The type of the Ellipsis singleton.";
    native_frame "native_frame" "builtins" (object) e(Kind::NativeFrame), [], [], "";
    plain_frame "running_frame" "builtins" (object) frame::SHAPE_FRAME, [], [], "";
}

fn roots() -> (Ref<Class>, Ref<Class>) {
    let empty = tuple::new_tuple([]).into_value();
    let object = class::new_builtin("object", empty, Vec::new(), Kind::Instance, flags::SUBCLASSABLE);
    let bases = tuple::new_tuple([object.value().clone()]).into_value();
    let tail = vec![object.value().clone()];
    let type_ = class::new_builtin(
        "type",
        bases,
        tail,
        Kind::Class,
        flags::SUBCLASSABLE | flags::HAS_DICT | flags::HAS_WEAKREF,
    );
    shape::bind_exact(ShapeId::exact(Kind::Class), type_.value());
    shape::bind_exact(ShapeId::exact(Kind::Instance), object.value());
    (object, type_)
}

fn define(name: &str, bases: &[Value], shape: ShapeId, flags: u32) -> Ref<Class> {
    let tail = class::linearize(bases).unwrap_or_default();
    let class = class::new_builtin(name, tuple::new_tuple(bases.to_vec()).into_value(), tail, shape.kind(), flags);
    shape::bind_exact(shape, class.value());
    class.instance_shape.set(shape);
    class.dict_shape.set(shape);
    class
}

/// Names what belongs into the namespace of a built-in class.
fn complete(class: &Ref<Class>, module: &str, doc: &'static str, tables: &[&'static [NativeDef]]) {
    let module = if module == "builtins" { Value::EMPTY } else { intern(module) };
    class.list(Listed { tables: tables.into(), module, doc });
}

/// Enters into the namespace of a built-in class what belongs there.
pub(super) fn enter(class: &Obj<Class>, listed: &Listed) {
    let namespace = class.namespace();
    // With room for `__module__`, `__doc__` and `__hash__`.
    namespace.reserve(listed.tables.iter().map(|table| table.len()).sum::<usize>() + 3);
    for table in &listed.tables {
        add_natives(class, table);
    }
    // `type.__module__` knows that a class without an entry belongs to `builtins`; functions, for one, have a descriptor
    // of that name.
    if !listed.module.is_empty() {
        namespace.set_str(&intern("__module__"), listed.module.clone());
    }
    let name = intern("__doc__");
    let doc = if listed.doc.is_empty() { Value::NONE } else { string::new_str(listed.doc).into_value() };
    if namespace.get_str(&name).is_none() {
        namespace.set_str(&name, doc);
    } else {
        class.doc.set(doc);
    }
    let name = intern("__hash__");
    if namespace.get_str(&intern("__eq__")).is_some() && namespace.get_str(&name).is_none() {
        namespace.set_str(&name, Value::NONE);
    }
}

fn add_natives(class: &Obj<Class>, table: &'static [NativeDef]) {
    for def in table {
        let name = intern(def.name());
        if def.role == Role::Setter {
            continue;
        }
        let mut setter = None;
        if def.role == Role::Getter {
            setter = table.iter().find(|other| other.role == Role::Setter && other.name() == def.name());
        }
        let (shape, this) = match def.role {
            Role::Getter => (SHAPE_GETSET_DESCRIPTOR, Value::EMPTY),
            Role::ClassMethod => (SHAPE_CLASSMETHOD_DESCRIPTOR, Value::EMPTY),
            Role::StaticMethod | Role::Function => (ShapeId::exact(Kind::Native), class.to_value()),
            Role::Setter | Role::Method => {
                let special = def.name().starts_with("__")
                    && !matches!(
                        def.name(),
                        "__reduce__"
                            | "__reduce_ex__"
                            | "__getstate__"
                            | "__sizeof__"
                            | "__format__"
                            | "__dir__"
                            | "__class_getitem__"
                            | "__getnewargs__"
                            | "__round__"
                            | "__ceil__"
                            | "__floor__"
                            | "__trunc__"
                            | "__reversed__"
                            | "__length_hint__"
                            | "__copy__"
                            | "__deepcopy__"
                            | "__complex__"
                            | "__bytes__"
                            | "__setstate__"
                            | "__instancecheck__"
                            | "__subclasscheck__"
                            | "__subclasses__"
                            | "__prepare__"
                            | "__enter__"
                            | "__exit__"
                            | "__missing__"
                    );
                (if special { SHAPE_WRAPPER_DESCRIPTOR } else { SHAPE_METHOD_DESCRIPTOR }, Value::EMPTY)
            }
        };
        let native = Native {
            def,
            setter,
            owner: Slot::new(class.to_value()),
            this: Slot::new(this),
            module: Slot::new(Value::NONE),
        };
        let native = alloc(shape, native).into_value();
        let native = if def.role == Role::StaticMethod && def.name() != "__new__" {
            let wrapper = descriptor::Wrapper { func: Slot::new(native), attrs: Slot::default() };
            alloc(ShapeId::exact(Kind::Wrapper), wrapper).into_value()
        } else {
            native
        };
        class.namespace().set_str(&name, native);
    }
}

impl Types {
    /// Makes a class for a module: for foreign data (layout `Foreign`), exceptions and other built-in layouts.
    #[expect(clippy::too_many_arguments, reason = "each is one fact about the class, and all calls are declarations")]
    pub fn define_class(
        &self,
        name: &str,
        module: &str,
        doc: &'static str,
        bases: &[&Ref<Class>],
        layout: Kind,
        class_flags: u32,
        tables: &[&'static [NativeDef]],
    ) -> Ref<Class> {
        let bases: Vec<Value> = bases.iter().map(|base| base.value().clone()).collect();
        let tail = class::linearize(&bases).unwrap_or_default();
        let class = class::new_builtin(name, tuple::new_tuple(bases).into_value(), tail, layout, class_flags);
        class.make_shapes();
        complete(&class, module, doc, tables);
        // Instances of built-in classes hold no reference to them: the class must stay without one.
        std::mem::forget(class.clone());
        class
    }
}

/// A native function of a module.
pub fn new_function(module: &str, def: &'static NativeDef) -> Value {
    let native =
        Native { def, setter: None, owner: Slot::default(), this: Slot::default(), module: Slot::new(intern(module)) };
    alloc(ShapeId::exact(Kind::Native), native).into_value()
}

/// A native method of a class that it is not listed for: classes written in Python take it in.
pub fn new_method(owner: &Ref<Class>, def: &'static NativeDef) -> Value {
    let native = Native {
        def,
        setter: None,
        owner: Slot::new(owner.value().clone()),
        this: Slot::default(),
        module: Slot::new(Value::NONE),
    };
    alloc(SHAPE_METHOD_DESCRIPTOR, native).into_value()
}

/// A native method bound to an object.
pub fn bind_native(native: &Native, this: Value) -> Value {
    let special = native.def.role == Role::Method && native.def.name().starts_with("__");
    let bound = Native {
        def: native.def,
        setter: None,
        owner: Slot::new(native.owner.get()),
        this: Slot::new(this),
        module: Slot::new(Value::NONE),
    };
    alloc(if special { SHAPE_METHOD_WRAPPER } else { ShapeId::exact(Kind::Native) }, bound).into_value()
}
