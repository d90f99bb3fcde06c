"""Names for annotations: they evaluate, show themselves, and can be taken apart again.

Nothing here checks types; the interpreter ignores annotations. So most things are one of
two kinds: a special form (`Union`, `Literal`...), which gives an alias when subscripted, and
an alias (`Union[int, str]`), which is a record of its origin and its arguments. Aliases of
classes (`List`, `Deque`...) are made when they are first asked for: a program uses few.

What does act at run time: Generic and the type variables (subscripting substitutes them),
Protocol (isinstance by methods), NamedTuple and TypedDict (they make classes), NewType,
and get_type_hints(), which evaluates annotations that are strings.

Sources: Library Reference "typing", PEP 484, 544, 585, 586, 589, 593, 604, 612, 646, 695, 696.
"""

import sys
import types
from abc import ABCMeta, abstractmethod
from types import GenericAlias

_absent = object()


class _NoDefaultType:
    __slots__ = ()

    def __new__(cls):
        return NoDefault if "NoDefault" in globals() else object.__new__(cls)

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


NoDefault = _NoDefaultType()


def _type_repr(obj):
    """A type as it is shown inside of another one."""
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        if obj.__module__ == "builtins":
            return obj.__qualname__
        return f"{obj.__module__}.{obj.__qualname__}"
    if obj is Ellipsis:
        return "..."
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    if isinstance(obj, (tuple, list)):
        return "[" + ", ".join([_type_repr(item) for item in obj]) + "]"
    return repr(obj)


def _type_convert(arg, module=None, *, allow_special_forms=False):
    """None means its type, a string is something to be looked up later."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg, module=module, is_class=allow_special_forms)
    return arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """Refuse what cannot be a type, for mistakes like List[3]."""
    bare = () if allow_special_forms else (ClassVar, Final)
    arg = _type_convert(arg, module, allow_special_forms=allow_special_forms)
    if isinstance(arg, _Alias) and (
        arg.__origin__ in (Generic, Protocol)
        or (is_argument and arg.__origin__ in bare)
    ):
        raise TypeError(f"{arg} is not valid as type argument")
    if arg in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return arg
    if allow_special_forms and arg in (ClassVar, Final):
        return arg
    if isinstance(arg, _SpecialForm) or arg in (Generic, Protocol):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{msg} Got {arg!r:.100}.")
    return arg


def _parameters_of(args):
    """The type variables in arguments, in order of appearance, each once."""
    found = []
    for arg in args:
        if isinstance(arg, type) and not isinstance(arg, GenericAlias):
            continue
        if isinstance(arg, (tuple, list)):
            inner = _parameters_of(arg)
        elif hasattr(arg, "__typing_subst__"):
            inner = (arg,)
        else:
            inner = getattr(arg, "__parameters__", ())
        for parameter in inner:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


_collect_type_parameters = _parameters_of


def _matched(alias, params, args):
    """What is given for each parameter; a TypeVarTuple takes what the others leave, and
    parameters with a default may be left out."""
    for index, param in enumerate(params):
        if isinstance(param, TypeVarTuple):
            after = len(params) - index - 1
            if len(args) < len(params) - 1:
                raise TypeError(
                    f"Too few arguments for {alias}; actual {len(args)}, "
                    f"expected at least {len(params) - 1}"
                )
            middle = tuple(args[index : len(args) - after])
            return {
                **dict(zip(params[:index], args)),
                param: middle,
                **dict(zip(params[index + 1 :], args[len(args) - after :])),
            }
    if len(params) == 1 and isinstance(params[0], ParamSpec):
        # `X[int, str]` is short for `X[[int, str]]`.
        if not (len(args) == 1 and _is_param_expr(args[0])):
            args = (tuple(args),)
    if len(args) < len(params):
        defaults = [p.__default__ for p in params[len(args) :]]
        if not any(default is NoDefault for default in defaults):
            args = (*args, *defaults)
    if len(args) != len(params):
        expected = len(params)
        required = len([p for p in params if p.__default__ is NoDefault])
        at_least = "at least " if required != expected and len(args) < required else ""
        if at_least:
            expected = required
        raise TypeError(
            f"Too {'many' if len(args) > len(params) else 'few'} arguments for {alias}; "
            f"actual {len(args)}, expected {at_least}{expected}"
        )
    return {param: param.__typing_subst__(arg) for param, arg in zip(params, args)}


def _substituted(args, values):
    """Arguments with their type variables replaced."""
    result = []
    for arg in args:
        if hasattr(arg, "__typing_subst__"):
            value = values.get(arg, arg)
            if isinstance(arg, ParamSpec) and isinstance(value, (list, tuple)):
                result.append(tuple(value))
            else:
                result.append(value)
        elif isinstance(arg, _Alias) and arg.__origin__ is Unpack and (
            isinstance(arg.__args__[0], TypeVarTuple)
        ):
            value = values.get(arg.__args__[0], _absent)
            result += [arg] if value is _absent else value
        elif isinstance(arg, (tuple, list)):
            result.append(type(arg)(_substituted(arg, values)))
        else:
            parameters = getattr(arg, "__parameters__", ())
            if parameters and not isinstance(arg, type):
                given = []
                for parameter in parameters:
                    value = values.get(parameter, parameter)
                    if isinstance(parameter, TypeVarTuple) and isinstance(value, tuple):
                        given += value
                    else:
                        given.append(value)
                arg = arg[tuple(given)]
            result.append(arg)
    return tuple(result)


def _is_param_expr(arg):
    return (
        arg is ...
        or isinstance(arg, (tuple, list, ParamSpec))
        or isinstance(arg, _Alias) and arg.__origin__ is Concatenate
    )


class _Immutable:
    """Copies are the object itself."""

    __slots__ = ()

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Unions:
    """Makes `X | Y` a Union."""

    __slots__ = ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _SpecialForm(_Immutable, _Unions):
    # A name that stands for something special to type checkers; perhaps it can be
    # subscripted. Each has its own docstring, so the class has none.

    __slots__ = ("_name", "__doc__", "_getitem")

    def __init__(self, getitem, name=None):
        self._name = name or getitem.__name__
        self._getitem = getitem
        self.__doc__ = getitem.__doc__

    def __getattr__(self, item):
        if item in ("__name__", "__qualname__"):
            return self._name
        raise AttributeError(item)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        return self._getitem(self, parameters)


class _Alias(_Immutable, _Unions):
    """A generic type with its arguments, like `Union[int, str]` or `MyGeneric[int]`."""

    def __init__(self, origin, args, *, name=None, inst=True):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _parameters_of(self.__args__)
        self._name = name
        self._inst = inst
        if not name:
            self.__module__ = getattr(origin, "__module__", "typing")

    def _with_args(self, args):
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    copy_with = _with_args

    def __getitem__(self, args):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple([_type_convert(arg) for arg in args])
        values = _matched(self, self.__parameters__, args)
        return self._with_args(_substituted(self.__args__, values))

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _type_repr(self.__origin__)
        shown = ", ".join([_type_repr(arg) for arg in self.__args__]) or "()"
        return f"{name}[{shown}]"

    def __reduce__(self):
        from operator import getitem

        origin = globals()[self._name] if self._name else self.__origin__
        args = self.__args__
        return getitem, (origin, args[0] if len(args) == 1 else args)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(
                f"Type {self._name} cannot be instantiated; "
                f"use {self.__origin__.__name__}() instead"
            )
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            # It has no place for it.
            pass
        return result

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            return self.__origin__.__mro_entries__(bases)
        if self._name:
            return _with_generic(self.__origin__, self, bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            index = bases.index(self)
            for other in bases[index + 1 :]:
                if isinstance(other, _Alias) and other is not self:
                    return ()
        return (self.__origin__,)

    def __getattr__(self, name):
        if name in ("__origin__", "__args__"):
            return super().__getattr__(name)
        # The class itself answers; but for what belongs to the alias.
        if "__origin__" in self.__dict__ and not (
            name.startswith("__") and name.endswith("__")
        ):
            return getattr(self.__origin__, name)
        if name in ("__name__", "__qualname__") and "__origin__" in self.__dict__:
            return self._name or self.__origin__.__name__
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if (name.startswith("__") and name.endswith("__")) or name in ("_name", "_inst"):
            super().__setattr__(name, value)
        else:
            setattr(self.__origin__, name, value)

    def __instancecheck__(self, obj):
        raise TypeError(
            "Subscripted generics cannot be used with class and instance checks"
        )

    def __subclasscheck__(self, cls):
        raise TypeError(
            "Subscripted generics cannot be used with class and instance checks"
        )

    def __iter__(self):
        yield Unpack[self]


_GenericAlias = _Alias


def _with_generic(origin, alias, bases):
    """The bases for `class C(List[T])`: the class, and Generic if nothing else brings it."""
    entries = []
    if origin not in bases:
        entries.append(origin)
    index = bases.index(alias)
    for other in bases[index + 1 :]:
        if isinstance(other, (_Alias, _ClassAlias)) or (
            isinstance(other, type) and issubclass(other, Generic)
        ):
            break
    else:
        entries.append(Generic)
    return tuple(entries)


class _ClassAlias(_Immutable, _Unions):
    """`List`, `Deque` and so on, without arguments: the class under its old name."""

    def __init__(self, origin, nparams, name, inst):
        self.__origin__ = origin
        self._nparams = nparams
        self._name = name
        self._inst = inst
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple(
            [_type_check(p, "Parameters to generic types must be types.") for p in params]
        )
        if self._name == "Generator" and 0 < len(params) < 3:
            params = (*params, *[type(None)] * (3 - len(params)))
        elif self._name == "AsyncGenerator" and len(params) == 1:
            params = (*params, type(None))
        elif self._name in ("ContextManager", "AsyncContextManager") and len(params) == 1:
            params = (*params, bool | None)
        if len(params) != self._nparams:
            raise TypeError(
                f"Too {'many' if len(params) > self._nparams else 'few'} arguments for "
                f"{self}; actual {len(params)}, expected {self._nparams}"
            )
        return _Alias(self.__origin__, params, name=self._name, inst=self._inst)

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(
                f"Type {self._name} cannot be instantiated; "
                f"use {self.__origin__.__name__}() instead"
            )
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return _with_generic(self.__origin__, self, bases)

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__"):
            return self._name
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _ClassAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if isinstance(cls, _Alias):
            return super().__subclasscheck__(cls)
        return issubclass(cls, self.__origin__)


# Alias -> (where its class lives, the class's name, number of parameters, can be called).
_CLASS_ALIASES = {
    "List": ("builtins", "list", 1, False),
    "Dict": ("builtins", "dict", 2, False),
    "Set": ("builtins", "set", 1, False),
    "FrozenSet": ("builtins", "frozenset", 1, False),
    "Type": ("builtins", "type", 1, False),
    "Deque": ("collections", "deque", 1, True),
    "DefaultDict": ("collections", "defaultdict", 2, True),
    "OrderedDict": ("collections", "OrderedDict", 2, True),
    "Counter": ("collections", "Counter", 1, True),
    "ChainMap": ("collections", "ChainMap", 2, True),
    "ContextManager": ("contextlib", "AbstractContextManager", 2, True),
    "AsyncContextManager": ("contextlib", "AbstractAsyncContextManager", 2, True),
    "Pattern": ("re", "Pattern", 1, True),
    "Match": ("re", "Match", 1, True),
    "Hashable": ("_collections_abc", "Hashable", 0, True),
    "Sized": ("_collections_abc", "Sized", 0, True),
    "ByteString": ("_collections_abc", "ByteString", 0, True),
    "AbstractSet": ("_collections_abc", "Set", 1, True),
    "Awaitable": ("_collections_abc", "Awaitable", 1, True),
    "Coroutine": ("_collections_abc", "Coroutine", 3, True),
    "AsyncIterable": ("_collections_abc", "AsyncIterable", 1, True),
    "AsyncIterator": ("_collections_abc", "AsyncIterator", 1, True),
    "AsyncGenerator": ("_collections_abc", "AsyncGenerator", 2, True),
    "Iterable": ("_collections_abc", "Iterable", 1, True),
    "Iterator": ("_collections_abc", "Iterator", 1, True),
    "Generator": ("_collections_abc", "Generator", 3, True),
    "Reversible": ("_collections_abc", "Reversible", 1, True),
    "Container": ("_collections_abc", "Container", 1, True),
    "Collection": ("_collections_abc", "Collection", 1, True),
    "MutableSet": ("_collections_abc", "MutableSet", 1, True),
    "Mapping": ("_collections_abc", "Mapping", 2, True),
    "MutableMapping": ("_collections_abc", "MutableMapping", 2, True),
    "Sequence": ("_collections_abc", "Sequence", 1, True),
    "MutableSequence": ("_collections_abc", "MutableSequence", 1, True),
    "MappingView": ("_collections_abc", "MappingView", 1, True),
    "KeysView": ("_collections_abc", "KeysView", 1, True),
    "ItemsView": ("_collections_abc", "ItemsView", 2, True),
    "ValuesView": ("_collections_abc", "ValuesView", 1, True),
}


def __getattr__(name):
    row = _CLASS_ALIASES.get(name)
    if row is not None:
        module, attribute, nparams, inst = row
        origin = getattr(__import__(module, fromlist=(attribute,)), attribute)
        value = _ClassAlias(origin, nparams, name, inst)
    elif name in _LAZY_CLASSES:
        value = _LAZY_CLASSES[name]()
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Any type whatever."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


def _not_subscriptable(self, parameters):
    raise TypeError(f"{self} is not subscriptable")


def _bare_form(name, doc):
    form = _SpecialForm(_not_subscriptable, name)
    form.__doc__ = doc
    return form


NoReturn = _bare_form("NoReturn", "The return type of a function that never returns.")
Never = _bare_form("Never", "The type that no value has.")
Self = _bare_form("Self", "The class being defined.")
LiteralString = _bare_form("LiteralString", "Any string written in the source.")
TypeAlias = _bare_form("TypeAlias", "Marks an assignment that names a type.")


def _one_type(template, **options):
    def getitem(self, parameters):
        return _Alias(self, (_type_check(parameters, template.format(self), **options),), name=self._name)

    return getitem


def _one_type_form(name, doc, allow_special_forms=False):
    form = _SpecialForm(
        _one_type("{} accepts only single type.", allow_special_forms=allow_special_forms),
        name,
    )
    form.__doc__ = doc
    return form


ClassVar = _one_type_form("ClassVar", "Marks a variable of the class.")
Final = _one_type_form("Final", "Marks a name that is not assigned again.")
TypeGuard = _one_type_form("TypeGuard", "The result of a function that narrows a type.")
TypeIs = _one_type_form("TypeIs", "The result of a function that decides a type.")
Required = _one_type_form("Required", "Marks a key that a TypedDict must have.", True)
NotRequired = _one_type_form("NotRequired", "Marks a key that may be missing.", True)
ReadOnly = _one_type_form("ReadOnly", "Marks a key that is not assigned.", True)


class _UnpackAlias(_Alias):
    def __repr__(self):
        return f"typing.Unpack[{_type_repr(self.__args__[0])}]"


@_SpecialForm
def Unpack(self, parameters):
    """Stands for the elements of a tuple of types."""
    return _UnpackAlias(
        self, (_type_check(parameters, f"{self} accepts only single type."),), name="Unpack"
    )


class _UnionAlias(_Alias):
    def _with_args(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionAlias, types.UnionType)):
            return NotImplemented
        try:
            return set(self.__args__) == set(other.__args__)
        except TypeError:
            # Metadata need not be hashable.
            mine, others = self.__args__, other.__args__
            return all(arg in others for arg in mine) and all(
                arg in mine for arg in others
            )

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            other = args[0] if args[1] is type(None) else args[1]
            return f"typing.Optional[{_type_repr(other)}]"
        return super().__repr__()

    def __instancecheck__(self, obj):
        for cls in self.__args__:
            if isinstance(obj, cls):
                return True
        return False

    def __subclasscheck__(self, cls):
        for arg in self.__args__:
            if issubclass(cls, arg):
                return True
        return False

    def __reduce__(self):
        from operator import getitem

        return getitem, (Union, self.__args__)


@_SpecialForm
def Union(self, parameters):
    """One of several types."""
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    message = "Union[arg, ...]: each arg must be a type."
    members = []
    for parameter in parameters:
        parameter = _type_check(parameter, message)
        if isinstance(parameter, (_UnionAlias, types.UnionType)):
            inner = parameter.__args__
        else:
            inner = (parameter,)
        for member in inner:
            if member not in members:
                members.append(member)
    if len(members) == 1:
        return members[0]
    optional = len(members) == 2 and type(None) in members
    return _UnionAlias(self, tuple(members), name="Optional" if optional else "Union")


@_SpecialForm
def Optional(self, parameters):
    """A type or None."""
    return Union[_type_check(parameters, f"{self} requires a single type."), type(None)]


class _LiteralAlias(_Alias):
    def _typed(self):
        return {(value, type(value)) for value in self.__args__}

    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return self._typed() == other._typed()

    def __hash__(self):
        return hash(frozenset(self._typed()))

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(_type_repr, self.__args__))}]"


@_SpecialForm
def Literal(self, parameters):
    """One of several values."""
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for parameter in parameters:
        if isinstance(parameter, _LiteralAlias):
            flat += parameter.__args__
        else:
            flat.append(parameter)
    try:
        # 1 and True are equal, but not the same value.
        flat = [value for value, _ in dict.fromkeys([(v, type(v)) for v in flat])]
    except TypeError:
        pass
    return _LiteralAlias(self, tuple(flat), name="Literal")


class _ConcatenateAlias(_Alias):
    pass


@_SpecialForm
def Concatenate(self, parameters):
    """Parameters added before those of a ParamSpec."""
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError(
            "The last parameter to Concatenate should be a ParamSpec variable or ellipsis."
        )
    message = "Concatenate[arg, ...]: each arg must be a type."
    parameters = (*[_type_check(p, message) for p in parameters[:-1]], parameters[-1])
    return _ConcatenateAlias(self, parameters, name="Concatenate")


class _AnnotatedAlias(_Alias):
    """A type with things attached to it that only interest others."""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), name="Annotated")
        self.__metadata__ = metadata

    def _with_args(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        shown = ", ".join(map(repr, self.__metadata__))
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {shown}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return (
            self.__origin__ == other.__origin__
            and self.__metadata__ == other.__metadata__
        )

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __reduce__(self):
        from operator import getitem

        return getitem, (Annotated, (self.__origin__, *self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)


@_SpecialForm
def Annotated(self, params):
    """A type with metadata: `Annotated[int, "in metres"]`."""
    if not isinstance(params, tuple):
        params = (params,)
    if len(params) < 2:
        raise TypeError(
            "Annotated[...] should be used with at least two arguments "
            "(a type and an annotation)."
        )
    message = "Annotated[t, ...]: t must be a type."
    origin = _type_check(params[0], message, allow_special_forms=True)
    return _AnnotatedAlias(origin, tuple(params[1:]))


class _TupleForm(_ClassAlias):
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if len(params) >= 2 and params[-1] is ...:
            message = "Tuple[t, ...]: t must be a type."
            params = (*[_type_check(p, message) for p in params[:-1]], ...)
        else:
            message = "Tuple[t0, t1, ...]: each t must be a type."
            params = tuple([_type_check(p, message) for p in params])
        return _Alias(tuple, params, name="Tuple", inst=False)


class _CallableAlias(_Alias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]) and not isinstance(args[0], tuple):
            return super().__repr__()
        shown = ", ".join([_type_repr(arg) for arg in args[:-1]])
        return f"typing.Callable[[{shown}], {_type_repr(args[-1])}]"

    def _with_args(self, args):
        if len(args) == 2 and isinstance(args[0], tuple):
            args = (*args[0], args[1])
        return _CallableAlias(self.__origin__, args, name="Callable")

    def __reduce__(self):
        from operator import getitem

        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return getitem, (Callable, args)


class _CallableForm(_ClassAlias):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        result = _type_check(result, "Callable[args, result]: result must be a type.")
        if isinstance(args, list):
            message = "Callable[[arg, ...], result]: each arg must be a type."
            args = [_type_convert(arg) for arg in args]
            for arg in args:
                if type(arg) is tuple:
                    raise TypeError(f"{message} Got {arg!r:.100}.")
            return _CallableAlias(self.__origin__, (*args, result), name="Callable")
        if not _is_param_expr(args):
            raise TypeError(
                "Callable[args, result]: args must be a list. " f"Got {args}"
            )
        return _CallableAlias(self.__origin__, (args, result), name="Callable")


def _callable_form():
    from _collections_abc import Callable

    return _CallableForm(Callable, 2, "Callable", True)


Tuple = _TupleForm(tuple, -1, "Tuple", False)
Text = str
TYPE_CHECKING = False


class ForwardRef(_Immutable):
    """A type that was written as a string, to be evaluated when somebody asks."""

    __slots__ = (
        "__forward_arg__",
        "__forward_code__",
        "__forward_evaluated__",
        "__forward_value__",
        "__forward_is_argument__",
        "__forward_is_class__",
        "__forward_module__",
    )

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        # `*Ts` is no expression by itself.
        source = f"({arg},)[0]" if arg.startswith("*") else arg
        try:
            code = compile(source, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(
                f"Forward reference must be an expression -- got {arg!r}"
            ) from None
        self.__forward_arg__ = arg
        self.__forward_code__ = code
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module

    def _evaluate(self, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
        if self.__forward_arg__ in recursive_guard:
            return self
        if not self.__forward_evaluated__ or localns is not globalns:
            if globalns is None and localns is None:
                globalns = localns = {}
            elif globalns is None:
                globalns = localns
            elif localns is None:
                localns = globalns
            module = self.__forward_module__
            if module is not None:
                globalns = getattr(sys.modules.get(module), "__dict__", globalns)
            if type_params:
                globalns, localns = dict(globalns), dict(localns)
                for param in type_params:
                    if not self.__forward_is_class__ or param.__name__ not in globalns:
                        globalns[param.__name__] = param
                        localns.pop(param.__name__, None)
            value = _type_check(
                eval(self.__forward_code__, globalns, localns),
                "Forward references must evaluate to types.",
                is_argument=self.__forward_is_argument__,
                allow_special_forms=self.__forward_is_class__,
            )
            self.__forward_value__ = _eval_type(
                value,
                globalns,
                localns,
                type_params,
                recursive_guard=recursive_guard | {self.__forward_arg__},
            )
            self.__forward_evaluated__ = True
        return self.__forward_value__

    def __call__(self, *args, **kwds):
        raise TypeError("'ForwardRef' object is not callable")

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return (
                self.__forward_arg__ == other.__forward_arg__
                and self.__forward_value__ == other.__forward_value__
            )
        return (
            self.__forward_arg__ == other.__forward_arg__
            and self.__forward_module__ == other.__forward_module__
        )

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        module = self.__forward_module__
        where = "" if module is None else f", module={module!r}"
        return f"ForwardRef({self.__forward_arg__!r}{where})"


def _eval_type(t, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
    """Evaluate the forward references in a type, at any depth."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, type_params, recursive_guard=recursive_guard)
    if not isinstance(t, (_Alias, GenericAlias, types.UnionType)):
        return t
    args = []
    for arg in t.__args__:
        if isinstance(t, GenericAlias) and isinstance(arg, str):
            arg = ForwardRef(arg)
        args.append(
            _eval_type(arg, globalns, localns, type_params, recursive_guard=recursive_guard)
        )
    args = tuple(args)
    if args == t.__args__:
        return t
    if isinstance(t, GenericAlias):
        return GenericAlias(t.__origin__, args)
    if isinstance(t, types.UnionType):
        made = args[0]
        for arg in args[1:]:
            made = made | arg
        return made
    return t._with_args(args)


def _caller(depth=1):
    """The name of the module that called the function that called us."""
    try:
        return sys._getframe(depth + 1).f_globals.get("__name__", "__main__")
    except (AttributeError, ValueError):
        return None


def _own_module(made, depth=2):
    module = _caller(depth)
    if module is not None and module != "typing":
        made.__dict__["__module__"] = module


class _Later:
    """Attributes whose values are computed when somebody first asks for them (PEP 695)."""

    def _evaluate_later(self, name, function):
        self.__dict__.pop(name, None)
        self.__dict__.setdefault("_later", {})[name] = function

    def __getattr__(self, name):
        later = self.__dict__.get("_later", {})
        if name in later:
            value = later[name]()
            self.__dict__[name] = value
            return value
        raise AttributeError(f"'typing.{type(self).__name__}' object has no attribute {name!r}")


class TypeVar(_Later, _Immutable, _Unions):
    """A type variable: stands for a type that a use of a generic class or function fixes."""

    def __init__(
        self,
        name,
        *constraints,
        bound=None,
        default=NoDefault,
        covariant=False,
        contravariant=False,
        infer_variance=False,
    ):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if infer_variance and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        message = "TypeVar(name, constraint, ...): constraints must be types."
        self.__name__ = name
        self.__constraints__ = tuple([_type_check(c, message) for c in constraints])
        self.__bound__ = (
            None if bound is None else _type_check(bound, "Bound must be a type.")
        )
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__default__ = default
        _own_module(self)

    def has_default(self):
        return self.__default__ is not NoDefault

    def __typing_subst__(self, arg):
        arg = _type_check(arg, "Parameters to generic types must be types.", is_argument=True)
        if isinstance(arg, _Alias) and arg.__origin__ is Unpack:
            raise TypeError(f"{arg} is not valid as type argument")
        return arg

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of TypeVar")

    def __call__(self, *args, **kwds):
        raise TypeError("'typing.TypeVar' object is not callable")

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        if self.__covariant__:
            return "+" + self.__name__
        if self.__contravariant__:
            return "-" + self.__name__
        return "~" + self.__name__

    def __reduce__(self):
        return self.__name__


class ParamSpecArgs(_Immutable):
    """The annotation of `*args` for a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"

    def __eq__(self, other):
        if not isinstance(other, ParamSpecArgs):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __hash__(self):
        return hash(("args", self.__origin__))


class ParamSpecKwargs(_Immutable):
    """The annotation of `**kwargs` for a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"

    def __eq__(self, other):
        if not isinstance(other, ParamSpecKwargs):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __hash__(self):
        return hash(("kwargs", self.__origin__))


class ParamSpec(_Later, _Immutable, _Unions):
    """A variable for the parameters of a callable."""

    def __init__(
        self,
        name,
        *,
        bound=None,
        default=NoDefault,
        covariant=False,
        contravariant=False,
        infer_variance=False,
    ):
        self.__name__ = name
        self.__bound__ = bound
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__default__ = default
        _own_module(self)

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    has_default = TypeVar.has_default
    __repr__ = TypeVar.__repr__
    __reduce__ = TypeVar.__reduce__

    def __typing_subst__(self, arg):
        if isinstance(arg, (list, tuple)):
            return tuple([_type_check(a, "Expected a type.") for a in arg])
        if not _is_param_expr(arg):
            raise TypeError(
                "Expected a list of types, an ellipsis, ParamSpec, or Concatenate. "
                f"Got {arg}"
            )
        return arg

    def __call__(self, *args, **kwds):
        raise TypeError("'typing.ParamSpec' object is not callable")

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of ParamSpec")


class TypeVarTuple(_Later, _Immutable):
    """A variable for any number of types: `*Ts`."""

    def __init__(self, name, *, default=NoDefault):
        self.__name__ = name
        self.__default__ = default
        _own_module(self)

    has_default = TypeVar.has_default
    __reduce__ = TypeVar.__reduce__

    def __iter__(self):
        yield Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of TypeVarTuple")

    def __call__(self, *args, **kwds):
        raise TypeError("'typing.TypeVarTuple' object is not callable")

    def __repr__(self):
        return self.__name__


class TypeAliasType(_Later, _Immutable, _Unions):
    """What the `type` statement makes."""

    def __init__(self, name, value, *, type_params=()):
        own = self.__dict__
        own["__name__"] = name
        own["__type_params__"] = type_params
        own["__parameters__"] = tuple(
            [p for param in type_params for p in (
                param if isinstance(param, TypeVarTuple) else (param,)
            )]
        )
        own["_value"] = value
        _own_module(self)

    def __init_subclass__(cls, **kwargs):
        raise TypeError("type 'typing.TypeAliasType' is not an acceptable base type")

    def __setattr__(self, name, value):
        if name == "__name__":
            raise AttributeError("readonly attribute")
        if name in ("__value__", "__type_params__", "__parameters__", "__module__"):
            raise AttributeError(
                f"attribute {name!r} of 'typing.TypeAliasType' objects is not writable"
            )
        raise AttributeError(
            f"'typing.TypeAliasType' object has no attribute {name!r} "
            "and no __dict__ for setting new attributes"
        )

    @property
    def __value__(self):
        return self._value

    def __getitem__(self, parameters):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return GenericAlias(self, parameters)

    def __repr__(self):
        return self.__name__

    def __reduce__(self):
        return self.__name__

    def __call__(self, *args, **kwds):
        raise TypeError("'typing.TypeAliasType' object is not callable")


class Generic:
    """The base of classes that can be subscripted by types."""

    __slots__ = ()
    _is_protocol = False

    @classmethod
    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple([_type_convert(p) for p in params])
        if cls in (Generic, Protocol):
            if not params:
                raise TypeError(
                    f"Parameter list to {cls.__qualname__}[...] cannot be empty"
                )
            for param in params:
                unpacked = isinstance(param, _Alias) and param.__origin__ is Unpack
                if not unpacked and not hasattr(param, "__typing_subst__"):
                    raise TypeError(
                        f"Parameters to {cls.__name__}[...] must all be type variables "
                        "or parameter specification variables."
                    )
            if len(set(params)) != len(params):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
            return _Alias(cls, params)
        parameters = getattr(cls, "__parameters__", ())
        if not parameters:
            raise TypeError(f"{cls} is not a generic class")
        values = _matched(cls, parameters, params)
        flat = []
        for parameter in parameters:
            value = values[parameter]
            if isinstance(parameter, TypeVarTuple):
                flat += value
            else:
                flat.append(value)
        return _Alias(cls, tuple(flat))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get("__orig_bases__")
        if bases is not None:
            error = Generic in bases
        else:
            error = (
                Generic in cls.__bases__
                and cls.__name__ != "Protocol"
                and type(cls) is not _TypedDictMeta
            )
        if error:
            raise TypeError("Cannot inherit from plain Generic")
        parameters = ()
        if bases is not None:
            parameters = _parameters_of(bases)
            declared = None
            for base in bases:
                if isinstance(base, _Alias) and base.__origin__ in (Generic, Protocol):
                    if declared is not None:
                        raise TypeError(
                            "Cannot inherit from Generic[...] multiple times."
                        )
                    declared = _parameters_of(base.__args__)
                    name = base.__origin__.__name__
            if declared is not None:
                missing = [p for p in parameters if p not in declared]
                if missing:
                    raise TypeError(
                        f"Some type variables ({', '.join(map(str, missing))}) are not "
                        f"listed in {name}[{', '.join(map(str, declared))}]"
                    )
                parameters = declared
        elif "__type_params__" in cls.__dict__ and cls.__dict__["__type_params__"]:
            parameters = tuple(cls.__dict__["__type_params__"])
        cls.__parameters__ = parameters


# What a protocol class has besides the members it asks for.
_NOT_MEMBERS = frozenset(
    """
    __abstractmethods__ __annotations__ __class_getitem__ __dict__ __doc__
    __final__ __init__ __init_subclass__ __module__ __new__ __orig_bases__
    __parameters__ __slots__ __subclasshook__ __type_params__ __weakref__ _is_protocol
    _is_runtime_protocol __protocol_attrs__ __non_callable_proto_members__
    __match_args__ __static_attributes__ __firstlineno__ _MutableMapping__marker
    _abc_impl __abc_tpflags__ __orig_class__
    """.split()
)


def _protocol_members(cls):
    """The names that a class must have to follow a protocol."""
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic"):
            continue
        for name in (*base.__dict__, *base.__dict__.get("__annotations__", {})):
            if not name.startswith("_abc_") and name not in _NOT_MEMBERS:
                names.add(name)
    return names


def _no_init(self, *args, **kwargs):
    """The `__init__` of protocols; those who derive from one find the next real one."""
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    if cls.__init__ is not _no_init:
        return
    for base in cls.__mro__:
        init = base.__dict__.get("__init__", _no_init)
        if init is not _no_init:
            cls.__init__ = init
            break
    else:
        cls.__init__ = object.__init__
    cls.__init__(self, *args, **kwargs)


class _ProtocolMeta(ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name == "Protocol" and bases == (Generic,):
            pass
        elif {Protocol, Generic} & set(bases) and bases:
            for base in bases:
                allowed = base in (object, Generic, Protocol) or getattr(
                    base, "_is_protocol", False
                )
                if not allowed and base.__module__ not in (
                    "collections.abc",
                    "contextlib",
                ):
                    raise TypeError(
                        f"Protocols can only inherit from other protocols, got {base!r}"
                    )
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __init__(cls, *args, **kwargs):
        if getattr(cls, "_is_protocol", False):
            cls.__protocol_attrs__ = _protocol_members(cls)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False):
            if not isinstance(other, type):
                raise TypeError("issubclass() arg 1 must be a class")
            if cls.__dict__.get("__subclasshook__") is _proto_hook_method and (
                not getattr(cls, "_is_runtime_protocol", False)
            ):
                if _asked_by_machinery():
                    return False
                raise TypeError(
                    "Instance and class checks can only be used with "
                    "@runtime_checkable protocols"
                )
            data = sorted(
                name
                for name in cls.__protocol_attrs__
                if not callable(getattr(cls, name, None))
            )
            if data and cls.__dict__.get("__subclasshook__") is _proto_hook_method:
                if _asked_by_machinery():
                    return super().__subclasscheck__(other)
                shown = str(data)[1:-1]
                raise TypeError(
                    "Protocols with non-method members don't support issubclass()."
                    f" Non-method members: {shown}."
                )
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False) and not _asked_by_machinery():
            raise TypeError(
                "Instance and class checks can only be used with "
                "@runtime_checkable protocols"
            )
        if super().__instancecheck__(instance):
            return True
        from inspect import getattr_static

        for name in cls.__protocol_attrs__:
            try:
                value = getattr_static(instance, name)
            except AttributeError:
                return False
            # None in the place of a method says that it is not supported.
            if value is None and callable(getattr(cls, name, None)):
                return False
        return True


def _asked_by_machinery():
    return _caller(2) in ("abc", "_py_abc", "functools", None)


def _proto_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    for name in cls.__protocol_attrs__:
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            annotations = base.__dict__.get("__annotations__", {})
            if (
                isinstance(annotations, dict)
                and name in annotations
                and getattr(other, "_is_protocol", False)
            ):
                break
        else:
            return NotImplemented
    return True


_proto_hook_method = classmethod(_proto_hook)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of protocols: classes that say which methods others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = _proto_hook_method
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


def runtime_checkable(cls):
    """Let isinstance() and issubclass() work with a protocol: they look whether the
    members are there, not at their signatures."""
    if not (
        isinstance(cls, type)
        and issubclass(cls, Generic)
        and getattr(cls, "_is_protocol", False)
    ):
        raise TypeError(
            "@runtime_checkable can be only applied to protocol classes, "
            f"got {cls!r}"
        )
    cls._is_runtime_protocol = True
    return cls


def is_protocol(tp, /):
    """Whether a type is a protocol."""
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp != Protocol


def get_protocol_members(tp, /):
    """The names of the members that a protocol asks for."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(tp.__protocol_attrs__)


def _supports(name, method, result, generic=False):
    """Make one of the protocols with a single method."""

    def make():
        def required(self):
            pass

        required.__name__ = method
        required.__qualname__ = f"{name}.{method}"
        T_co = TypeVar("T_co", covariant=True)
        if method == "__round__":

            def required(self, ndigits=0):
                pass

        bases = (Protocol[T_co],) if generic else (Protocol,)
        cls = types.new_class(
            name,
            bases,
            {},
            lambda namespace: namespace.update(
                {
                    "__slots__": (),
                    "__module__": "typing",
                    "__doc__": f"An ABC with one abstract method {method}.",
                    method: abstractmethod(required),
                }
            ),
        )
        return runtime_checkable(cls)

    return make


def _io_classes(name):
    """IO, TextIO and BinaryIO: names for the types of files."""

    def make():
        AnyStr = globals()["AnyStr"]
        IO = types.new_class("IO", (Generic[AnyStr],), {}, _fill_io)
        globals().setdefault("IO", IO)
        IO = globals()["IO"]
        if name == "IO":
            return IO
        base = IO[bytes] if name == "BinaryIO" else IO[str]
        return types.new_class(name, (base,), {}, _fill_io)

    return make


def _fill_io(namespace):
    namespace["__slots__"] = ()
    namespace["__module__"] = "typing"
    namespace["__doc__"] = "The type of what open() returns, for annotations."


_LAZY_CLASSES = {
    "Callable": _callable_form,
    "SupportsInt": _supports("SupportsInt", "__int__", int),
    "SupportsFloat": _supports("SupportsFloat", "__float__", float),
    "SupportsComplex": _supports("SupportsComplex", "__complex__", complex),
    "SupportsBytes": _supports("SupportsBytes", "__bytes__", bytes),
    "SupportsIndex": _supports("SupportsIndex", "__index__", int),
    "SupportsAbs": _supports("SupportsAbs", "__abs__", None, True),
    "SupportsRound": _supports("SupportsRound", "__round__", None, True),
    "IO": _io_classes("IO"),
    "TextIO": _io_classes("TextIO"),
    "BinaryIO": _io_classes("BinaryIO"),
}

AnyStr = TypeVar("AnyStr", bytes, str)
AnyStr.__module__ = "typing"


def cast(typ, val):
    """Give `val` as it is; a type checker takes it for a `typ`."""
    return val


def assert_type(val, typ, /):
    """Give `val` as it is; a type checker complains if its type is another."""
    return val


def assert_never(arg, /):
    """Say that this place is never reached."""
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def reveal_type(obj, /):
    """Print the type of an object; a type checker prints the type it has found."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def get_origin(tp):
    """What was subscripted: `list` for `list[int]`; None if tp is not that."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_Alias, _ClassAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return None


def get_args(tp):
    """What stands in the brackets, as a tuple."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, (_Alias, GenericAlias)):
        args = tp.__args__
        from _collections_abc import Callable

        if tp.__origin__ is Callable and not (len(args) == 2 and _is_param_expr(args[0])):
            args = (list(args[:-1]), args[-1])
        return args
    if isinstance(tp, types.UnionType):
        return tp.__args__
    return ()


def is_typeddict(tp):
    """Whether a type was made with TypedDict."""
    return isinstance(tp, _TypedDictMeta)


def _strip_annotations(t):
    """A type without Annotated, Required and the like, at any depth."""
    if isinstance(t, _AnnotatedAlias):
        return _strip_annotations(t.__origin__)
    if isinstance(t, _Alias) and t.__origin__ in (Required, NotRequired, ReadOnly):
        return _strip_annotations(t.__args__[0])
    if isinstance(t, (_Alias, GenericAlias, types.UnionType)):
        args = tuple([_strip_annotations(arg) for arg in t.__args__])
        if args == t.__args__:
            return t
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, args)
        if isinstance(t, types.UnionType):
            made = args[0]
            for arg in args[1:]:
                made = made | arg
            return made
        return t._with_args(args)
    return t


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, with those it inherits, a function or a module; strings
    evaluated, None replaced by its type; without Annotated unless asked for."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            base_globals = globalns
            if globalns is None:
                base_globals = getattr(sys.modules.get(base.__module__), "__dict__", {})
            annotations = base.__dict__.get("__annotations__", {})
            if isinstance(annotations, types.GetSetDescriptorType):
                annotations = {}
            base_locals = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                # The module's names come first here: a field may have the name of a type.
                base_globals, base_locals = base_locals, base_globals
            type_params = base.__dict__.get("__type_params__", ())
            for name, value in annotations.items():
                if isinstance(value, str):
                    value = ForwardRef(value, is_argument=False, is_class=True)
                elif value is None:
                    value = type(None)
                hints[name] = _eval_type(value, base_globals, base_locals, type_params)
    else:
        if globalns is None:
            if isinstance(obj, types.ModuleType):
                globalns = obj.__dict__
            else:
                inner = obj
                while hasattr(inner, "__wrapped__"):
                    inner = inner.__wrapped__
                globalns = getattr(inner, "__globals__", {})
            if localns is None:
                localns = globalns
        elif localns is None:
            localns = globalns
        annotations = getattr(obj, "__annotations__", None)
        if annotations is None:
            if isinstance(
                obj,
                (
                    types.BuiltinFunctionType,
                    types.MethodType,
                    types.ModuleType,
                    types.WrapperDescriptorType,
                    types.MethodWrapperType,
                    types.MethodDescriptorType,
                ),
            ):
                return {}
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        type_params = getattr(obj, "__type_params__", ())
        for name, value in dict(annotations).items():
            if isinstance(value, str):
                value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType))
            elif value is None:
                value = type(None)
            hints[name] = _eval_type(value, globalns, localns, type_params)
    if include_extras:
        return hints
    return {name: _strip_annotations(hint) for name, hint in hints.items()}


def no_type_check(arg):
    """A decorator: the annotations are not types."""
    if isinstance(arg, type):
        for name in dir(arg):
            obj = getattr(arg, name)
            # Only what was defined in this class.
            if getattr(obj, "__qualname__", None) != f"{arg.__qualname__}.{name}":
                continue
            if isinstance(obj, types.FunctionType):
                obj.__no_type_check__ = True
            elif isinstance(obj, types.MethodType):
                obj.__func__.__no_type_check__ = True
            elif isinstance(obj, type):
                no_type_check(obj)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    """A decorator for decorators: what they decorate gets no_type_check()."""
    from functools import wraps

    @wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))

    return wrapped


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. "
        "A series of @overload-decorated functions "
        "outside a stub module should always be followed "
        "by an implementation that is not @overload-ed."
    )


# Module -> qualified name -> first line -> function.
_overload_registry = {}


def overload(func):
    """Marks one of several signatures of the function that is defined below them."""
    inner = getattr(func, "__func__", func)
    try:
        of_module = _overload_registry.setdefault(inner.__module__, {})
        by_line = of_module.setdefault(inner.__qualname__, {})
        by_line[inner.__code__.co_firstlineno] = func
    except AttributeError:
        # Not an ordinary function.
        pass
    return _overload_dummy


def get_overloads(func):
    """The signatures that overload() marked, in order."""
    inner = getattr(func, "__func__", func)
    of_module = _overload_registry.get(inner.__module__, {})
    return list(of_module.get(inner.__qualname__, {}).values())


def clear_overloads():
    """Forget what overload() marked."""
    _overload_registry.clear()


def final(f):
    """Marks a method that is not overridden, or a class that is not derived from."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(method, /):
    """Marks a method that overrides one of a base class."""
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


def dataclass_transform(
    *,
    eq_default=True,
    order_default=False,
    kw_only_default=False,
    frozen_default=False,
    field_specifiers=(),
    **kwargs,
):
    """Marks a decorator or base class that works like dataclass()."""

    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default,
            "order_default": order_default,
            "kw_only_default": kw_only_default,
            "frozen_default": frozen_default,
            "field_specifiers": field_specifiers,
            "kwargs": kwargs,
        }
        return cls_or_fn

    return decorator


class NewType(_Unions):
    """A name for a type that a type checker keeps apart from it; calling it does nothing."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        _own_module(self)

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                raise TypeError(
                    "Cannot subclass an instance of NewType. Perhaps you were looking "
                    f"for: `{cls.__name__} = NewType({cls.__name__!r}, {name})`"
                )

        return (Dummy,)

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__


_PROHIBITED = frozenset(
    "__new__ __init__ __slots__ __getnewargs__ _fields _field_defaults _field_types "
    "_make _replace _asdict _source".split()
)


class NamedTupleMeta(type):
    """Makes a named tuple of a class body with annotations."""

    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        annotations = ns.get("__annotations__", {})
        defaults = []
        for name in annotations:
            if name in ns:
                defaults.append(name)
            elif defaults:
                plural = "s" if len(defaults) > 1 else ""
                raise TypeError(
                    f"Non-default namedtuple field {name} cannot follow default "
                    f"field{plural} {', '.join(defaults)}"
                )
        made = _make_namedtuple(
            typename, annotations, [ns[name] for name in defaults], ns["__module__"]
        )
        if Generic in bases:
            made.__bases__ = tuple(
                [tuple if base is _NamedTuple else base for base in bases]
            )
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for name, value in ns.items():
            if name in _PROHIBITED:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + name)
            if name not in ("__module__", "__name__", "__annotations__") and (
                name not in made._fields
            ):
                setattr(made, name, value)
                set_name = getattr(type(value), "__set_name__", None)
                if set_name is not None:
                    set_name(value, made, name)
        if Generic in bases:
            made.__init_subclass__()
        return made


def _make_namedtuple(name, annotations, defaults, module):
    from collections import namedtuple

    made = namedtuple(name, list(annotations), defaults=defaults, module=module)
    checked = {
        key: _type_check(value, f"field {key} annotation must be a type")
        for key, value in annotations.items()
    }
    made.__annotations__ = made.__new__.__annotations__ = checked
    return made


def NamedTuple(typename, fields=_absent, /, **kwargs):
    """A named tuple with types: as the base of a class, or as a function."""
    if fields is _absent:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError(
            "Either list of fields or keywords can be provided to NamedTuple, not both"
        )
    elif fields is None:
        fields = ()
    made = _make_namedtuple(typename, dict(fields), [], _caller())
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


def _namedtuple_mro_entries(bases):
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _namedtuple_mro_entries


class _TypedDictMeta(type):
    """Makes a class that is called like dict and knows its keys."""

    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError(
                    "cannot inherit from both a TypedDict type and a non-TypedDict base class"
                )
        generic = (Generic,) if any(issubclass(b, Generic) for b in bases) else ()
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        if not hasattr(made, "__orig_bases__"):
            made.__orig_bases__ = bases
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {
            key: _type_check(
                value, message, module=made.__module__, allow_special_forms=True
            )
            for key, value in ns.get("__annotations__", {}).items()
        }
        annotations = {}
        required, optional = set(), set()
        readonly, mutable = set(), set()
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            required |= base.__dict__.get("__required_keys__", set())
            optional |= base.__dict__.get("__optional_keys__", set())
            readonly |= base.__dict__.get("__readonly_keys__", set())
            mutable |= base.__dict__.get("__mutable_keys__", set())
        annotations.update(own)
        for key, annotation in own.items():
            needed, fixed = total, False
            while isinstance(annotation, _Alias) and (
                isinstance(annotation, _AnnotatedAlias)
                or annotation.__origin__ in (Required, NotRequired, ReadOnly)
            ):
                if annotation.__origin__ is Required:
                    needed = True
                elif annotation.__origin__ is NotRequired:
                    needed = False
                elif annotation.__origin__ is ReadOnly:
                    fixed = True
                annotation = annotation.__args__[0]
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
            (readonly if fixed else mutable).add(key)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__readonly_keys__ = frozenset(readonly)
        made.__mutable_keys__ = frozenset(mutable)
        made.__total__ = total
        return made

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=_absent, /, *, total=True):
    """A dict with known keys, each with a type: as the base of a class, or as a function."""
    ns = {"__annotations__": {} if fields in (_absent, None) else dict(fields)}
    module = _caller()
    if module is not None:
        ns["__module__"] = module
    made = _TypedDictMeta(typename, (), ns, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)

__all__ = [
    name
    for name in globals()
    if not name.startswith("_")
    and name
    not in (
        "sys", "types", "abstractmethod", "ABCMeta", "GenericAlias", "NamedTupleMeta",
    )  # fmt: skip
]
__all__ += [*_CLASS_ALIASES, *_LAZY_CLASSES]
