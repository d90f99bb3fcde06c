"""Classes written as a list of fields; `__init__`, `__repr__`, `__eq__` follow from it.

The decorator collects the annotated names of the class body, and those of its bases, as
Field objects, and writes the text of the methods that are wanted: as text, because then a
call binds its arguments, and complains of them, as that of a function written by hand.

Sources: Library Reference "dataclasses", PEP 557, PEP 681.
"""

import abc
import sys
from keyword import iskeyword
from reprlib import recursive_repr
from types import GenericAlias, MappingProxyType

__all__ = [
    "dataclass",
    "field",
    "Field",
    "FrozenInstanceError",
    "InitVar",
    "KW_ONLY",
    "MISSING",
    "fields",
    "asdict",
    "astuple",
    "make_dataclass",
    "replace",
    "is_dataclass",
]


class FrozenInstanceError(AttributeError):
    """Raised by an attempt to change a frozen instance."""


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


# The default of a parameter whose field has a default_factory.
_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()

_EMPTY_METADATA = MappingProxyType({})


class _FieldKind:
    """What a field is: kept by instances, by the class, or a mere parameter."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FieldKind("_FIELD")
_FIELD_CLASSVAR = _FieldKind("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FieldKind("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT = "__post_init__"


class InitVar:
    """Marks a parameter of `__init__` that is only passed on to `__post_init__`."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type) and not isinstance(self.type, GenericAlias):
            name = self.type.__name__
        else:
            name = repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known of a field; made by field(), named by the decorator."""

    __slots__ = (
        "name",
        "type",
        "default",
        "default_factory",
        "init",
        "repr",
        "hash",
        "compare",
        "metadata",
        "kw_only",
        "_field_type",
    )

    def __init__(
        self, default, default_factory, init, repr, hash, compare, metadata, kw_only
    ):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = (
            _EMPTY_METADATA if metadata is None else MappingProxyType(metadata)
        )
        self.kw_only = kw_only
        self._field_type = None

    @recursive_repr()
    def __repr__(self):
        shown = ",".join([f"{name}={getattr(self, name)!r}" for name in self.__slots__])
        return f"Field({shown})"

    def __set_name__(self, owner, name):
        # A default that is a descriptor is to be told its name, as if it stood here itself.
        func = getattr(type(self.default), "__set_name__", None)
        if func:
            func(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
):
    """Say more about a field than its type and default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _DataclassParams:
    __slots__ = (
        "init",
        "repr",
        "eq",
        "order",
        "unsafe_hash",
        "frozen",
        "match_args",
        "kw_only",
        "slots",
        "weakref_slot",
    )

    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def __repr__(self):
        shown = ",".join([f"{name}={getattr(self, name)!r}" for name in self.__slots__])
        return f"_DataclassParams({shown})"


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    """A class decorator: turn annotated names into fields, and add the methods."""
    params = _DataclassParams(
        init=init,
        repr=repr,
        eq=eq,
        order=order,
        unsafe_hash=unsafe_hash,
        frozen=frozen,
        match_args=match_args,
        kw_only=kw_only,
        slots=slots,
        weakref_slot=weakref_slot,
    )
    if cls is None:
        return lambda cls: _process_class(cls, params)
    return _process_class(cls, params)


def _refers_to(annotation, cls, module, is_meant):
    """Whether an annotation in form of a string begins with a name, of the module where cls is
    defined or of `module`, for what is meant."""
    parts = []
    rest = annotation
    while len(parts) < 2:
        rest = rest.lstrip()
        end = 0
        while end < len(rest) and (rest[end].isalnum() or rest[end] == "_"):
            end += 1
        parts.append(rest[:end])
        rest = rest[end:].lstrip()
        if not rest.startswith("."):
            break
        rest = rest[1:]
    namespace = getattr(sys.modules.get(cls.__module__), "__dict__", {})
    if len(parts) == 1:
        found = namespace.get(parts[0])
    elif len(parts) == 2 and namespace.get(parts[0]) is module:
        found = getattr(module, parts[1], None)
    else:
        return False
    return found is not None and is_meant(found)


def _is_init_var(annotation):
    return annotation is InitVar or type(annotation) is InitVar


def _kind_of(annotation, cls):
    """Whether a field with this annotation is a real one. `typing` is asked only when it
    was imported: else nobody can have used ClassVar."""
    typing = sys.modules.get("typing")
    if typing is not None:

        def is_class_var(found):
            return found is typing.ClassVar or typing.get_origin(found) is typing.ClassVar

        if is_class_var(annotation):
            return _FIELD_CLASSVAR
        if isinstance(annotation, str) and _refers_to(annotation, cls, typing, is_class_var):
            return _FIELD_CLASSVAR
    here = sys.modules[__name__]
    if _is_init_var(annotation):
        return _FIELD_INITVAR
    if isinstance(annotation, str) and _refers_to(annotation, cls, here, _is_init_var):
        return _FIELD_INITVAR
    return _FIELD


def _is_kw_only_marker(annotation, cls):
    if annotation is KW_ONLY:
        return True
    return isinstance(annotation, str) and _refers_to(
        annotation, cls, sys.modules[__name__], lambda found: found is KW_ONLY
    )


def _make_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        if type(default).__name__ == "member_descriptor":
            # A slot of that name, not a default.
            default = MISSING
        made = field(default=default)
    made.name = name
    made.type = annotation
    made._field_type = _kind_of(annotation, cls)
    if made._field_type is not _FIELD and made.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if made._field_type is _FIELD_CLASSVAR:
        if made.kw_only is not MISSING:
            raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    elif made.kw_only is MISSING:
        made.kw_only = kw_only
    if made._field_type is _FIELD and made.default.__class__.__hash__ is None:
        # It cannot be hashed, so presumably it can change; and all would share it.
        raise ValueError(
            f"mutable default {type(made.default)} for field "
            f"{name} is not allowed: use default_factory"
        )
    return made


def _collect_fields(cls, params):
    """The fields of the bases and the class's own, by name. Also checks that frozen classes
    derive from frozen ones only, and others from others."""
    collected = {}
    any_frozen_base = False
    all_frozen_bases = None
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is None:
            continue
        if all_frozen_bases is None:
            all_frozen_bases = True
        for each in inherited.values():
            collected[each.name] = each
        frozen = getattr(base, _PARAMS).frozen
        all_frozen_bases = all_frozen_bases and frozen
        any_frozen_base = any_frozen_base or frozen

    annotations = cls.__dict__.get("__annotations__", {})
    kw_only = params.kw_only
    seen_marker = False
    own = []
    for name, annotation in annotations.items():
        if _is_kw_only_marker(annotation, cls):
            if seen_marker:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen_marker = kw_only = True
        else:
            own.append(_make_field(cls, name, annotation, kw_only))
    for each in own:
        collected[each.name] = each
        # What remains in the class is the default itself.
        if isinstance(getattr(cls, each.name, None), Field):
            if each.default is MISSING:
                delattr(cls, each.name)
            else:
                setattr(cls, each.name, each.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if all_frozen_bases is not None:
        if any_frozen_base and not params.frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if all_frozen_bases is False and params.frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    return collected


class _Writer:
    """Collects the text of methods, and compiles them all at once."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.names = []
        self.text = []
        # Values that the text refers to, under names that no program uses.
        self.values = {
            "__dataclass_HAS_DEFAULT_FACTORY__": _HAS_DEFAULT_FACTORY,
            "__dataclass_object__": object,
        }
        self.annotations = {}
        self.decorators = {}

    def add(self, name, parameters, body, annotations=None, decorator=None):
        self.names.append(name)
        self.annotations[name] = annotations
        self.decorators[name] = decorator
        self.text.append(f" def {name}({', '.join(parameters)}):")
        self.text += [f"  {line}" for line in body]

    def install(self, cls):
        if not self.names:
            return
        lines = [f"def __create__({', '.join(self.values)}):", *self.text]
        lines.append(f" return ({', '.join(self.names)},)")
        namespace = {}
        exec("\n".join(lines), self.namespace, namespace)
        made = namespace["__create__"](**self.values)
        for name, function in zip(self.names, made):
            function.__qualname__ = f"{cls.__qualname__}.{name}"
            if self.annotations[name] is not None:
                function.__annotations__ = self.annotations[name]
            if self.decorators[name] is not None:
                function = self.decorators[name](function)
            setattr(cls, name, function)


def _write_init(writer, all_fields, params, has_post_init, self_name):
    standard = [f for f in all_fields if f.init and not f.kw_only]
    keyword_only = [f for f in all_fields if f.init and f.kw_only]
    seen_default = None
    for each in standard:
        if each.default is not MISSING or each.default_factory is not MISSING:
            seen_default = each
        elif seen_default is not None:
            raise TypeError(
                f"non-default argument {each.name!r} "
                f"follows default argument {seen_default.name!r}"
            )

    parameters = [self_name]
    annotations = {}
    values = writer.values

    def add_parameter(each):
        annotations[each.name] = each.type
        if each.default_factory is not MISSING:
            parameters.append(f"{each.name}=__dataclass_HAS_DEFAULT_FACTORY__")
        elif each.default is not MISSING:
            values[f"__dataclass_dflt_{each.name}__"] = each.default
            parameters.append(f"{each.name}=__dataclass_dflt_{each.name}__")
        else:
            parameters.append(each.name)

    for each in standard:
        add_parameter(each)
    if keyword_only:
        parameters.append("*")
        for each in keyword_only:
            add_parameter(each)
    annotations["return"] = None

    body = []
    for each in all_fields:
        if each._field_type is _FIELD_INITVAR:
            continue
        name = each.name
        if each.default_factory is not MISSING:
            factory = f"__dataclass_dflt_{name}__"
            values[factory] = each.default_factory
            value = f"{factory}()"
            if each.init:
                value += (
                    f" if {name} is __dataclass_HAS_DEFAULT_FACTORY__ else {name}"
                )
        elif each.init:
            value = name
        elif params.slots and each.default is not MISSING:
            # There is no default in the class, where the slot is.
            values[f"__dataclass_dflt_{name}__"] = each.default
            value = f"__dataclass_dflt_{name}__"
        else:
            continue
        if params.frozen:
            body.append(f"__dataclass_object__.__setattr__({self_name}, {name!r}, {value})")
        else:
            body.append(f"{self_name}.{name} = {value}")
    if has_post_init:
        passed = [f.name for f in all_fields if f._field_type is _FIELD_INITVAR]
        body.append(f"{self_name}.{_POST_INIT}({', '.join(passed)})")
    writer.add("__init__", parameters, body or ["pass"], annotations)


def _process_class(cls, params):
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    if params.weakref_slot and not params.slots:
        raise TypeError("weakref_slot is True but slots is False")
    collected = _collect_fields(cls, params)
    setattr(cls, _FIELDS, collected)
    setattr(cls, _PARAMS, params)

    class_hash = cls.__dict__.get("__hash__", MISSING)
    # A class that defines __eq__ gets `__hash__ = None` from the interpreter.
    has_explicit_hash = not (
        class_hash is MISSING or (class_hash is None and "__eq__" in cls.__dict__)
    )
    module = sys.modules.get(cls.__module__)
    writer = _Writer(module.__dict__ if module is not None else {})
    own = [f for f in collected.values() if f._field_type is _FIELD]

    writes_init = params.init and "__init__" not in cls.__dict__
    if writes_init:
        _write_init(
            writer,
            [f for f in collected.values() if f._field_type is not _FIELD_CLASSVAR],
            params,
            hasattr(cls, _POST_INIT),
            "__dataclass_self__" if "self" in collected else "self",
        )
    _set_new(cls, "__replace__", _replace)

    if params.repr and "__repr__" not in cls.__dict__:
        shown = ", ".join([f"{f.name}={{self.{f.name}!r}}" for f in own if f.repr])
        writer.add(
            "__repr__",
            ["self"],
            [f'return f"{{self.__class__.__qualname__}}({shown})"'],
            decorator=recursive_repr(),
        )
    if params.eq and "__eq__" not in cls.__dict__:
        terms = [f"self.{f.name}==other.{f.name}" for f in own if f.compare]
        writer.add(
            "__eq__",
            ["self", "other"],
            [
                "if self is other:",
                " return True",
                "if other.__class__ is self.__class__:",
                f" return {' and '.join(terms) or 'True'}",
                "return NotImplemented",
            ],
        )
    if params.order:
        mine = _tuple_of("self", [f for f in own if f.compare])
        others = _tuple_of("other", [f for f in own if f.compare])
        for name, op in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if name in cls.__dict__:
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                    "Consider using functools.total_ordering"
                )
            writer.add(
                name,
                ["self", "other"],
                [
                    "if other.__class__ is self.__class__:",
                    f" return {mine}{op}{others}",
                    "return NotImplemented",
                ],
            )
    if params.frozen:
        _freeze(cls, [f.name for f in own])
    _choose_hash(cls, params, own, has_explicit_hash, writer)
    writer.install(cls)

    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _signature_text(cls, collected.values(), writes_init)
    if params.match_args:
        _set_new(
            cls,
            "__match_args__",
            tuple([f.name for f in collected.values() if _is_positional(f)]),
        )
    if params.slots:
        cls = _add_slots(cls, params, [f.name for f in own])
    abc.update_abstractmethods(cls)
    return cls


def _is_positional(f):
    return f.init and not f.kw_only and f._field_type is not _FIELD_CLASSVAR


def _set_new(cls, name, value):
    """Set an attribute unless the class has its own."""
    if name not in cls.__dict__:
        if callable(value) and name != "__match_args__":
            function = value
            value = lambda self, /, **changes: function(self, **changes)
            value.__name__ = function.__name__
            value.__qualname__ = f"{cls.__qualname__}.{function.__name__}"
        setattr(cls, name, value)


def _tuple_of(obj, fields):
    if not fields:
        return "()"
    return f"({','.join([f'{obj}.{f.name}' for f in fields])},)"


def _freeze(cls, names):
    names = frozenset(names)

    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for function in (__setattr__, __delattr__):
        if function.__name__ in cls.__dict__:
            raise TypeError(
                f"Cannot overwrite attribute {function.__name__} in class {cls.__name__}"
            )
        function.__qualname__ = f"{cls.__qualname__}.{function.__name__}"
        setattr(cls, function.__name__, function)


def _choose_hash(cls, params, own, has_explicit_hash, writer):
    """Instances that are equal must have equal hashes, which must not change."""
    if params.unsafe_hash:
        if has_explicit_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    elif not params.eq or has_explicit_hash:
        return
    elif not params.frozen:
        cls.__hash__ = None
        return
    hashed = [f for f in own if (f.compare if f.hash is None else f.hash)]
    writer.add("__hash__", ["self"], [f"return hash({_tuple_of('self', hashed)})"])


def _annotation_text(annotation):
    if isinstance(annotation, type) and not isinstance(annotation, GenericAlias):
        if annotation.__module__ == "builtins":
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    shown = repr(annotation)
    if getattr(annotation, "__module__", None) == "typing":
        for before in (" ", "[", "(", ","):
            shown = shown.replace(f"{before}typing.", before)
        shown = shown.removeprefix("typing.")
    return shown


def _signature_text(cls, all_fields, writes_init):
    """The parameters as help() shows them."""
    if not writes_init or type(cls).__call__ is not type.__call__:
        try:
            import inspect

            return str(inspect.signature(cls)).replace(" -> None", "")
        except (TypeError, ValueError):
            return ""
    fields = [f for f in all_fields if f.init and f._field_type is not _FIELD_CLASSVAR]
    shown = []
    for keyword_only in (False, True):
        group = [f for f in fields if bool(f.kw_only) is keyword_only]
        if keyword_only and group:
            shown.append("*")
        for each in group:
            text = f"{each.name}: {_annotation_text(each.type)}"
            if each.default_factory is not MISSING:
                text += " = <factory>"
            elif each.default is not MISSING:
                text += f" = {each.default!r}"
            shown.append(text)
    return f"({', '.join(shown)})"


def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for each, value in zip(fields(self), state):
        # Past __setattr__, which refuses if the class is frozen.
        object.__setattr__(self, each.name, value)


def _inherited_slots(cls):
    names = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__")
        if slots is None:
            if getattr(base, "__weakrefoffset__", 0):
                names.add("__weakref__")
            continue
        if isinstance(slots, str):
            names.add(slots)
        elif hasattr(slots, "__next__"):
            raise TypeError(f"Slots of '{base.__name__}' cannot be determined")
        else:
            names.update(slots)
    return names


def _add_slots(cls, params, field_names):
    """Make the class anew, with slots: they must be known when a class is made."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    inherited = _inherited_slots(cls)
    slots = [name for name in field_names if name not in inherited]
    if params.weakref_slot and "__weakref__" not in inherited:
        slots.append("__weakref__")
    namespace["__slots__"] = tuple(slots)
    for name in field_names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        made.__qualname__ = qualname
    if params.frozen:
        if "__getstate__" not in namespace:
            made.__getstate__ = _dataclass_getstate
        if "__setstate__" not in namespace:
            made.__setstate__ = _dataclass_setstate
        if cls.__dict__.get("__setattr__") is namespace.get("__setattr__"):
            # The functions must know the new class, not the old one.
            del made.__setattr__, made.__delattr__
            _freeze(made, field_names)
    return made


def fields(class_or_instance):
    """The fields of a dataclass or of an instance of one, as a tuple."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether obj is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


_ATOMIC = frozenset(
    {type(None), bool, int, float, str, complex, bytes, type(...), type(NotImplemented), type, range}
)


def _converted(obj, convert):
    """A copy of obj in which each dataclass instance, at any depth, went through
    `convert`."""
    cls = type(obj)
    if cls in _ATOMIC:
        return obj
    if hasattr(cls, _FIELDS):
        return convert(obj)
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        # A named tuple takes its items one by one.
        return cls(*[_converted(item, convert) for item in obj])
    if issubclass(cls, (list, tuple)):
        return cls([_converted(item, convert) for item in obj])
    if issubclass(cls, dict):
        pairs = [
            (_converted(key, convert), _converted(value, convert))
            for key, value in obj.items()
        ]
        if hasattr(cls, "default_factory"):
            made = cls(obj.default_factory)
            for key, value in pairs:
                made[key] = value
            return made
        return cls(pairs)
    from copy import deepcopy

    return deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """The fields of an instance and their values, as a dictionary; instances in it too."""
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")

    def convert(instance):
        return dict_factory(
            [
                (f.name, _converted(getattr(instance, f.name), convert))
                for f in fields(instance)
            ]
        )

    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    """The values of an instance's fields, as a tuple; instances in it too."""
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def convert(instance):
        return tuple_factory(
            [_converted(getattr(instance, f.name), convert) for f in fields(instance)]
        )

    return convert(obj)


def make_dataclass(
    cls_name,
    fields,
    *,
    bases=(),
    namespace=None,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
    module=None,
):
    """Make a dataclass of names, (name, type) and (name, type, field) tuples."""
    namespace = {} if namespace is None else namespace
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, "typing.Any"
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, defaults[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation

    from types import new_class

    def fill(body):
        body.update(namespace)
        body.update(defaults)
        body["__annotations__"] = annotations

    cls = new_class(cls_name, bases, {}, fill)
    if module is None:
        module = sys._getframe(1).f_globals.get("__name__", "__main__")
    if module is not None:
        cls.__module__ = module
    return dataclass(
        cls,
        init=init,
        repr=repr,
        eq=eq,
        order=order,
        unsafe_hash=unsafe_hash,
        frozen=frozen,
        match_args=match_args,
        kw_only=kw_only,
        slots=slots,
        weakref_slot=weakref_slot,
    )


def replace(obj, /, **changes):
    """A new instance with the same values in its fields, but for the given ones."""
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for each in getattr(self, _FIELDS).values():
        if each._field_type is _FIELD_CLASSVAR:
            continue
        if not each.init:
            if each.name in changes:
                raise TypeError(
                    f"field {each.name} is declared with init=False, "
                    f"it cannot be specified with replace()"
                )
            continue
        if each.name not in changes:
            if each._field_type is _FIELD_INITVAR and each.default is MISSING:
                raise TypeError(
                    f"InitVar {each.name!r} must be specified with replace()"
                )
            changes[each.name] = getattr(self, each.name)
    return self.__class__(**changes)
