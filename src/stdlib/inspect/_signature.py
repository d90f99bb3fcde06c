"""What arguments a callable takes: `signature()` and its objects, and the older functions.

A function's code object knows its parameters' names and kinds, the function has the
defaults and annotations. Every other callable leads to a function by some way, which
`_from_callable` follows: decorators, bound methods, partial objects, classes (through
`__call__` of the metaclass, `__new__` or `__init__`), instances with `__call__`. Native
functions carry their signature as text, `__text_signature__`.

Sources: Library Reference "inspect", PEP 362, PEP 570, Language Reference 6.3.4.
"""

import functools
import sys

import _eras
from collections import OrderedDict, namedtuple
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    GenericAlias,
    MappingProxyType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)

from . import _is_functionlike, iscode, isfunction, ismethod, unwrap

# What users see as the home of the classes below.
__name__ = "inspect"

_NATIVE = (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    MethodDescriptorType,
    MethodWrapperType,
    WrapperDescriptorType,
)


class _void:
    """Marks an argument that was not given, where _empty is a value."""


class _empty:
    """Marks that a parameter has no default, or no annotation."""


class _ParameterKind(int):
    """How arguments reach a parameter. Kinds are ordered as parameters must be."""

    def __new__(cls, value, name, description):
        kind = super().__new__(cls, value)
        kind.name = name
        kind.description = description
        return kind

    @property
    def value(self):
        return int(self)

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __reduce__(self):
        return _kind, (int(self),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _kind(value):
    return _KINDS[value]


# Where pickle finds it, as the classes of this module say that they belong to `inspect`.
_kind.__module__ = __spec__.name


_KINDS = [
    _ParameterKind(0, "POSITIONAL_ONLY", "positional-only"),
    _ParameterKind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword"),
    _ParameterKind(2, "VAR_POSITIONAL", "variadic positional"),
    _ParameterKind(3, "KEYWORD_ONLY", "keyword-only"),
    _ParameterKind(4, "VAR_KEYWORD", "variadic keyword"),
]
(
    _POSITIONAL_ONLY,
    _POSITIONAL_OR_KEYWORD,
    _VAR_POSITIONAL,
    _KEYWORD_ONLY,
    _VAR_KEYWORD,
) = _KINDS


def formatannotation(annotation, base_module=None):
    """An annotation as it is written in source, as nearly as its object tells."""
    if getattr(annotation, "__module__", None) == "typing":
        # `typing.Optional[typing.List[int]]` reads better without the module.
        shown = repr(annotation)
        for before in (" ", "[", "(", ","):
            shown = shown.replace(f"{before}typing.", before)
        return shown.removeprefix("typing.")
    if isinstance(annotation, GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


def formatannotationrelativeto(object):
    """A formatannotation() that leaves out the module of `object`."""
    module = getattr(object, "__module__", None)

    def format_(annotation):
        return formatannotation(annotation, module)

    return format_


class Parameter:
    """One parameter of a signature: name, kind, default and annotation."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD

    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if kind not in (0, 1, 2, 3, 4):
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        kind = _KINDS[kind]
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(
                f"{kind.description} parameters cannot have default values"
            )
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # The iterator that a comprehension's own function takes is called `.0`.
            if kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError(
                    "implicit arguments must be passed as "
                    f"positional or keyword arguments, not {kind.description}"
                )
            kind = _POSITIONAL_ONLY
            name = f"implicit{name[1:]}"
        from keyword import iskeyword

        if (iskeyword(name) and kind is not _POSITIONAL_ONLY) or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name
        self._kind = kind
        self._default = default
        self._annotation = annotation

    def __reduce__(self):
        return (
            type(self),
            (self._name, self._kind),
            {"_default": self._default, "_annotation": self._annotation},
        )

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    @property
    def name(self):
        return self._name

    @property
    def default(self):
        return self._default

    @property
    def annotation(self):
        return self._annotation

    @property
    def kind(self):
        return self._kind

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A copy with some of the attributes changed."""
        return type(self)(
            self._name if name is _void else name,
            self._kind if kind is _void else kind,
            default=self._default if default is _void else default,
            annotation=self._annotation if annotation is _void else annotation,
        )

    __replace__ = replace

    def __str__(self):
        shown = self._name
        if self._annotation is not _empty:
            shown = f"{shown}: {formatannotation(self._annotation)}"
        if self._default is not _empty:
            equals = "=" if self._annotation is _empty else " = "
            shown = f"{shown}{equals}{self._default!r}"
        if self._kind == _VAR_POSITIONAL:
            shown = "*" + shown
        elif self._kind == _VAR_KEYWORD:
            shown = "**" + shown
        return shown

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return (
            self._name == other._name
            and self._kind == other._kind
            and self._default == other._default
            and self._annotation == other._annotation
        )


class BoundArguments:
    """The arguments of a call, by the parameter that each went to."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    def _split(self):
        """The arguments as (args, kwargs) that would be bound as these were."""
        args, kwargs = [], {}
        by_keyword = False
        for name, param in self._signature.parameters.items():
            if name not in self.arguments:
                # What comes after a gap can only be passed by keyword.
                by_keyword = True
                continue
            value = self.arguments[name]
            if param.kind == _VAR_KEYWORD:
                kwargs.update(value)
            elif param.kind == _KEYWORD_ONLY:
                kwargs[name] = value
            elif param.kind == _VAR_POSITIONAL:
                if not by_keyword:
                    args.extend(value)
            elif by_keyword and param.kind != _POSITIONAL_ONLY:
                kwargs[name] = value
            elif not by_keyword:
                args.append(value)
        return tuple(args), kwargs

    @property
    def args(self):
        return self._split()[0]

    @property
    def kwargs(self):
        return self._split()[1]

    def apply_defaults(self):
        """Add the defaults of parameters that got no argument."""
        complete = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif param.default is not _empty:
                complete[name] = param.default
            elif param.kind is _VAR_POSITIONAL:
                complete[name] = ()
            elif param.kind is _VAR_KEYWORD:
                complete[name] = {}
            # Otherwise a partial binding left it out.
        self.arguments = complete

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    __hash__ = None

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in self.arguments.items()]
        return f"<{self.__class__.__name__} ({', '.join(shown)})>"


class Signature:
    """The parameters of a callable, in order, and its return annotation."""

    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments

    empty = _empty

    def __init__(
        self,
        parameters=None,
        *,
        return_annotation=_empty,
        __validate_parameters__=True,
    ):
        self._return_annotation = return_annotation
        if __validate_parameters__:
            by_name = OrderedDict()
            highest = _POSITIONAL_ONLY
            seen_default = False
            for param in parameters or ():
                kind, name = param.kind, param.name
                if kind < highest:
                    raise ValueError(
                        "wrong parameter order: "
                        f"{highest.description} parameter before "
                        f"{kind.description} parameter"
                    )
                highest = kind
                if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                    if param.default is not _empty:
                        seen_default = True
                    elif seen_default:
                        raise ValueError(
                            "non-default argument follows default argument"
                        )
                if name in by_name:
                    raise ValueError(f"duplicate parameter name: {name!r}")
                by_name[name] = param
        else:
            by_name = OrderedDict((param.name, param) for param in parameters or ())
        self._parameters = MappingProxyType(by_name)

    @classmethod
    def from_callable(
        cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False
    ):
        """The signature of a callable."""
        return _from_callable(
            obj,
            cls=cls,
            follow_wrapped=follow_wrapped,
            annotations=(globals, locals, eval_str),
        )

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A copy with other parameters or another return annotation."""
        if parameters is _void:
            parameters = self.parameters.values()
        if return_annotation is _void:
            return_annotation = self._return_annotation
        return type(self)(parameters, return_annotation=return_annotation)

    __replace__ = replace

    def _identity(self):
        """What makes signatures equal: the order of keyword-only parameters does not."""
        in_order = tuple(
            param for param in self.parameters.values() if param.kind != _KEYWORD_ONLY
        )
        by_keyword = {
            param.name: param
            for param in self.parameters.values()
            if param.kind == _KEYWORD_ONLY
        }
        return in_order, by_keyword, self.return_annotation

    def __hash__(self):
        in_order, by_keyword, returned = self._identity()
        return hash((in_order, frozenset(by_keyword.values()), returned))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._identity() == other._identity()

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        kwargs = dict(kwargs)
        params = list(self.parameters.values())
        index = 0

        # As long as there are positional arguments, parameters take them in turn.
        for position, value in enumerate(args):
            if index == len(params):
                raise TypeError("too many positional arguments")
            param = params[index]
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError("too many positional arguments")
            index += 1
            if param.kind == _VAR_POSITIONAL:
                arguments[param.name] = tuple(args[position:])
                break
            if param.name in kwargs and param.kind != _POSITIONAL_ONLY:
                raise TypeError(f"multiple values for argument {param.name!r}")
            arguments[param.name] = value

        # The others get theirs by keyword, or do without.
        var_keyword = None
        misplaced = []
        for param in params[index:]:
            if param.kind == _VAR_KEYWORD:
                var_keyword = param
            elif param.kind == _VAR_POSITIONAL:
                continue
            elif param.kind == _POSITIONAL_ONLY:
                if param.name in kwargs:
                    misplaced.append(param)
                elif param.default is _empty and not partial:
                    raise TypeError(f"missing a required argument: {param.name!r}")
            elif param.name in kwargs:
                arguments[param.name] = kwargs.pop(param.name)
            elif param.default is _empty and not partial:
                # Only what stands right behind the positional arguments gets its kind
                # mentioned.
                first = param.kind == _KEYWORD_ONLY and param is params[index]
                kind = " keyword-only" if first else ""
                raise TypeError(f"missing a required{kind} argument: {param.name!r}")

        if var_keyword is not None:
            # It takes any name, even that of a positional-only parameter; which then has
            # no value still.
            for param in misplaced:
                if param.default is _empty and not partial:
                    raise TypeError(f"missing a required argument: {param.name!r}")
            if kwargs:
                arguments[var_keyword.name] = kwargs
        elif misplaced:
            names = ", ".join(repr(param.name) for param in misplaced)
            raise TypeError(
                "got some positional-only arguments passed as "
                f"keyword arguments: {names}"
            )
        elif kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Match the arguments of a call to the parameters, or raise TypeError."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, but arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return (
            type(self),
            (tuple(self._parameters.values()),),
            {"_return_annotation": self._return_annotation},
        )

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None):
        """The signature as text; one parameter per line if `max_width` is exceeded."""
        shown = []
        positional_only = False
        star_needed = True
        for param in self.parameters.values():
            kind = param.kind
            if kind == _POSITIONAL_ONLY:
                positional_only = True
            elif positional_only:
                shown.append("/")
                positional_only = False
            if kind == _VAR_POSITIONAL:
                star_needed = False
            elif kind == _KEYWORD_ONLY and star_needed:
                shown.append("*")
                star_needed = False
            shown.append(str(param))
        if positional_only:
            shown.append("/")

        rendered = f"({', '.join(shown)})"
        if max_width is not None and len(rendered) > max_width:
            rendered = "(\n    " + ",\n    ".join(shown) + "\n)"
        if self.return_annotation is not _empty:
            rendered += f" -> {formatannotation(self.return_annotation)}"
        return rendered


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of a callable."""
    return Signature.from_callable(
        obj,
        follow_wrapped=follow_wrapped,
        globals=globals,
        locals=locals,
        eval_str=eval_str,
    )


def _from_callable(
    obj,
    *,
    cls=Signature,
    follow_wrapped=True,
    skip_bound=True,
    annotations=(None, None, False),
):
    def again(other):
        return _from_callable(
            other,
            cls=cls,
            follow_wrapped=follow_wrapped,
            skip_bound=skip_bound,
            annotations=annotations,
        )

    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")

    if isinstance(obj, MethodType):
        sig = again(obj.__func__)
        return _without_first(sig) if skip_bound else sig

    if follow_wrapped:
        obj = unwrap(
            obj,
            stop=lambda f: hasattr(f, "__signature__") or isinstance(f, MethodType),
        )
        if isinstance(obj, MethodType):
            return again(obj)

    given = getattr(obj, "__signature__", None)
    if given is not None:
        # It may be text, or be made when asked for.
        if not isinstance(given, (Signature, str)) and callable(given):
            given = given()
        if isinstance(given, str):
            return _signature_fromstr(cls, obj, given)
        if not isinstance(given, Signature):
            raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
        return given

    partialmethod = getattr(obj, "__partialmethod__", None)
    if isinstance(partialmethod, functools.partialmethod):
        wrapped = again(partialmethod.func)
        sig = _of_partial(wrapped, partialmethod, (None,))
        first = next(iter(wrapped.parameters.values()))
        if first.kind is _VAR_POSITIONAL:
            return sig
        # Its self was bound above to take it out of play; it comes back.
        return sig.replace(parameters=(first, *sig.parameters.values()))

    if isfunction(obj) or _is_functionlike(obj):
        return _of_function(cls, obj, annotations, skip_bound)

    if isinstance(obj, _NATIVE):
        return _of_native(cls, obj, skip_bound)

    if isinstance(obj, functools.partial):
        return _of_partial(again(obj.func), obj)

    if isinstance(obj, type):
        return _of_class(cls, obj, again, skip_bound)

    # An instance: its class says what calling it means.
    call = getattr(type(obj), "__call__", None)
    if call is not None:
        try:
            text = obj.__text_signature__
        except AttributeError:
            pass
        else:
            return _signature_fromstr(cls, obj, text)
        for base in type(obj).__mro__:
            if "__call__" in base.__dict__:
                return again(_bind(base.__dict__["__call__"], obj))
    raise ValueError(f"callable {obj!r} is not supported by signature")


def _bind(found, instance):
    """What was found in a class, bound to an instance the way attribute access does."""
    if isinstance(found, type):
        return found
    get = getattr(type(found), "__get__", None)
    return found if get is None else get(found, instance, type(instance))


def _user_defined(cls, name):
    """The attribute as it stands in the namespace of a class or its bases; None if it is
    native, for then its signature says nothing."""
    for base in cls.__mro__:
        if name in base.__dict__:
            found = base.__dict__[name]
            if isinstance(unwrap(found), _NATIVE):
                return None
            return found
    return None


def _of_class(cls, obj, again, skip_bound):
    call = _user_defined(type(obj), "__call__")
    if call is not None:
        # The metaclass decides; what it does inside is not for us to know.
        return again(_bind(call, obj))
    # Of __new__ and __init__ the one that comes first in the MRO speaks; at the same
    # place __new__ does, which is called first.
    new, init = _user_defined(obj, "__new__"), _user_defined(obj, "__init__")
    for base in obj.__mro__:
        if new is not None and "__new__" in base.__dict__:
            sig = again(obj.__new__)
            return _without_first(sig) if skip_bound else sig
        if init is not None and "__init__" in base.__dict__:
            return again(_bind(init, obj))

    for base in obj.__mro__[:-1]:
        text = getattr(base, "__text_signature__", None)
        if text:
            return _signature_fromstr(cls, base, text)
    if type not in obj.__mro__:
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return cls()
        raise ValueError(f"no signature found for builtin type {obj!r}")
    raise ValueError(f"callable {obj!r} is not supported by signature")


def _without_first(sig):
    """The signature of a bound method: without its first parameter."""
    params = tuple(sig.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if params[0].kind in (_POSITIONAL_OR_KEYWORD, _POSITIONAL_ONLY):
        params = params[1:]
    # Otherwise it is `*args`, which takes self and all the others.
    return sig.replace(parameters=params)


def _of_partial(wrapped, partial, extra_args=()):
    """What is left of a signature when `partial` has given some arguments."""
    args = extra_args + (partial.args or ())
    keywords = partial.keywords or {}
    try:
        bound = wrapped.bind_partial(*args, **keywords)
    except TypeError as exc:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from exc

    params = []
    by_keyword = False
    for name, param in wrapped.parameters.items():
        if name in bound.arguments:
            if param.kind is _POSITIONAL_ONLY:
                continue
            if param.kind is _POSITIONAL_OR_KEYWORD:
                if name not in keywords:
                    continue
                # Given by keyword: it can still be given again by keyword, as can what
                # follows it, but no longer by position.
                by_keyword = True
                param = param.replace(default=bound.arguments[name])
            elif param.kind is _KEYWORD_ONLY:
                param = param.replace(default=bound.arguments[name])
        if by_keyword:
            if param.kind is _POSITIONAL_OR_KEYWORD:
                param = param.replace(kind=_KEYWORD_ONLY)
            elif param.kind is _VAR_POSITIONAL:
                continue
        params.append(param)
    # Keyword-only parameters stand behind `*args` and before `**kwargs`.
    params.sort(key=lambda param: param.kind)
    return wrapped.replace(parameters=params)


def _of_function(cls, func, annotations, skip_bound=True):
    code = func.__code__
    names = code.co_varnames
    count = code.co_argcount
    keyword_count = code.co_kwonlyargcount
    globals_, locals_, eval_str = annotations
    annotated = get_annotations(
        func, globals=globals_, locals=locals_, eval_str=eval_str
    )
    defaults = func.__defaults__ or ()
    kwdefaults = func.__kwdefaults__ or {}
    make = cls._parameter_cls

    params = []

    def add(name, kind, default=_empty):
        annotation = annotated.get(name, _empty)
        params.append(make(name, kind, default=default, annotation=annotation))

    first_default = count - len(defaults)
    for index in range(count):
        positional_only = index < code.co_posonlyargcount
        add(
            names[index],
            _POSITIONAL_ONLY if positional_only else _POSITIONAL_OR_KEYWORD,
            defaults[index - first_default] if index >= first_default else _empty,
        )
    rest = count + keyword_count
    if code.co_flags & 4:
        add(names[rest], _VAR_POSITIONAL)
        rest += 1
    for name in names[count : count + keyword_count]:
        add(name, _KEYWORD_ONLY, kwdefaults.get(name, _empty))
    if code.co_flags & 8:
        add(names[rest], _VAR_KEYWORD)
    return cls(
        params,
        return_annotation=annotated.get("return", _empty),
        __validate_parameters__=False,
    )


def _of_native(cls, func, skip_bound=True):
    text = getattr(func, "__text_signature__", None)
    if not text:
        raise ValueError(f"no signature found for builtin {func!r}")
    return _signature_fromstr(cls, func, text, skip_bound)


def _signature_fromstr(cls, obj, s, skip_bound=True):
    """Read a `__text_signature__`: a parameter list in which `$` marks the parameter that
    binding fills.

    It is compiled as that of a function, whose own signature is then the answer. A default
    may name something in the module the object comes from.
    """
    text = s.partition(") ->")
    text = text[0] + ")" if text[1] else text[0]
    has_self = text.startswith("($")
    inner = text.strip()[1:-1].replace("$", "").replace("<unrepresentable>", "...")
    namespace = dict(sys.modules)
    owner = sys.modules.get(getattr(obj, "__module__", None) or "")
    if isinstance(owner, ModuleType):
        namespace.update(owner.__dict__)
    try:
        function = eval(f"lambda {inner}: None", namespace)
    except Exception:
        raise ValueError(f"{obj!r} has invalid signature") from None
    sig = _of_function(cls, function, (None, None, False))
    params = list(sig.parameters.values())
    if has_self:
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, ModuleType):
            skip_bound = True
        if isinstance(obj, type) or (owner is not None and skip_bound):
            del params[0]
        else:
            params[0] = params[0].replace(kind=_POSITIONAL_ONLY)
    return cls(params)


FullArgSpec = namedtuple(
    "FullArgSpec",
    "args varargs varkw defaults kwonlyargs kwonlydefaults annotations",
    module="inspect",
)


def getfullargspec(func):
    """The parameters of a function, taken apart: a FullArgSpec. The first parameter of
    bound methods is included. `signature()` says the same in one object."""
    try:
        sig = _from_callable(func, follow_wrapped=False, skip_bound=False)
    except Exception as exc:
        raise TypeError("unsupported callable") from exc

    args, kwonlyargs, defaults, kwdefaults = [], [], (), {}
    varargs = varkw = None
    annotations = {}
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    for name, param in sig.parameters.items():
        if param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            args.append(name)
            if param.default is not _empty:
                defaults += (param.default,)
        elif param.kind is _VAR_POSITIONAL:
            varargs = name
        elif param.kind is _KEYWORD_ONLY:
            kwonlyargs.append(name)
            if param.default is not _empty:
                kwdefaults[name] = param.default
        else:
            varkw = name
        if param.annotation is not _empty:
            annotations[name] = param.annotation
    return FullArgSpec(
        args, varargs, varkw, defaults or None, kwonlyargs, kwdefaults or None, annotations
    )


ArgSpec = namedtuple("ArgSpec", "args varargs keywords defaults", module="inspect")


def getargspec(func):
    """The same without what Python 2 did not have. CPython removed it in 3.11; programs
    written before use it still."""
    _eras.allows("inspect.getargspec")
    spec = getfullargspec(func)
    if spec.kwonlyargs or spec.annotations:
        raise ValueError(
            "Function has keyword-only parameters or annotations, "
            "use inspect.signature() API which can support them"
        )
    return ArgSpec(*spec[:4])


def formatargspec(
    args,
    varargs=None,
    varkw=None,
    defaults=None,
    kwonlyargs=(),
    kwonlydefaults={},
    annotations={},
    formatarg=str,
    formatvarargs=lambda name: "*" + name,
    formatvarkw=lambda name: "**" + name,
    formatvalue=lambda value: "=" + repr(value),
    formatreturns=lambda text: " -> " + text,
    formatannotation=formatannotation,
):
    """The parameters that `getfullargspec` told, as they stand in a `def`. CPython removed it in 3.11."""
    _eras.allows("inspect.formatargspec")

    def described(name):
        text = formatarg(name)
        if name in annotations:
            text += ": " + formatannotation(annotations[name])
        return text

    parts = [described(name) for name in args]
    for index, value in enumerate(defaults or (), len(args) - len(defaults or ())):
        parts[index] += formatvalue(value)
    if varargs is not None:
        parts.append(formatvarargs(described(varargs)))
    elif kwonlyargs:
        parts.append("*")
    for name in kwonlyargs:
        value = formatvalue(kwonlydefaults[name]) if kwonlydefaults and name in kwonlydefaults else ""
        parts.append(described(name) + value)
    if varkw is not None:
        parts.append(formatvarkw(described(varkw)))
    result = "(" + ", ".join(parts) + ")"
    if "return" in annotations:
        result += formatreturns(formatannotation(annotations["return"]))
    return result


Arguments = namedtuple("Arguments", "args varargs varkw", module="inspect")


def getargs(co):
    """The parameter names of a code object; keyword-only ones come last in `args`."""
    if not iscode(co):
        raise TypeError(f"{co!r} is not a code object")
    names = co.co_varnames
    rest = co.co_argcount + co.co_kwonlyargcount
    args = list(names[:rest])
    varargs = varkw = None
    if co.co_flags & 4:
        varargs = names[rest]
        rest += 1
    if co.co_flags & 8:
        varkw = names[rest]
    return Arguments(args, varargs, varkw)


def _enumerated(names):
    """'a', 'b' and 'c'."""
    names = [repr(name) for name in names]
    return " and ".join([", ".join(names[:-1]), names[-1]][len(names) < 2 :])


def _raise_missing(function, names, kind):
    plural = "" if len(names) == 1 else "s"
    raise TypeError(
        f"{function}() missing {len(names)} required {kind} argument{plural}: "
        f"{_enumerated(names)}"
    )


def getcallargs(func, /, *positional, **named):
    """The value that each parameter would have in `func(*positional, **named)`."""
    spec = getfullargspec(func)
    name = func.__name__
    args, defaults = spec.args, spec.defaults or ()
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__,) + positional
    given = len(positional)
    values = dict(zip(args, positional))
    if spec.varargs:
        values[spec.varargs] = tuple(positional[len(args) :])
    extra = {}
    if spec.varkw:
        values[spec.varkw] = extra

    accepted = {*args, *spec.kwonlyargs}
    for keyword, value in named.items():
        if keyword not in accepted:
            if not spec.varkw:
                raise TypeError(
                    f"{name}() got an unexpected keyword argument {keyword!r}"
                )
            extra[keyword] = value
        elif keyword in values:
            raise TypeError(f"{name}() got multiple values for argument {keyword!r}")
        else:
            values[keyword] = value

    if given > len(args) and not spec.varargs:
        _raise_too_many(name, spec, given, values)
    required = args[: len(args) - len(defaults)]
    missing = [arg for arg in required if arg not in values]
    if missing:
        _raise_missing(name, missing, "positional")
    for arg, default in zip(args[len(required) :], defaults):
        values.setdefault(arg, default)
    missing = []
    for keyword in spec.kwonlyargs:
        if keyword in values:
            continue
        if spec.kwonlydefaults and keyword in spec.kwonlydefaults:
            values[keyword] = spec.kwonlydefaults[keyword]
        else:
            missing.append(keyword)
    if missing:
        _raise_missing(name, missing, "keyword-only")
    return values


def _raise_too_many(name, spec, given, values):
    most = len(spec.args)
    least = most - len(spec.defaults or ())
    if least != most:
        takes, plural = f"from {least} to {most}", True
    else:
        takes, plural = str(most), most != 1
    also = ""
    keyword_only = len([arg for arg in spec.kwonlyargs if arg in values])
    if keyword_only:
        also = (
            f" positional argument{'s' if given != 1 else ''}"
            f" (and {keyword_only} keyword-only argument"
            f"{'s' if keyword_only != 1 else ''})"
        )
    raise TypeError(
        f"{name}() takes {takes} positional argument{'s' if plural else ''} "
        f"but {given}{also} {'was' if given == 1 and not also else 'were'} given"
    )


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a function, class or module, as a new dictionary.

    With `eval_str`, annotations that are strings are evaluated, by default where the object
    was defined.
    """
    if isinstance(obj, type):
        # Only the class's own: a base may have some where it has none.
        annotations = obj.__dict__.get("__annotations__", None)
        if hasattr(annotations, "__get__"):
            annotations = None
        module = sys.modules.get(getattr(obj, "__module__", None) or "")
        default_globals = getattr(module, "__dict__", None)
        default_locals = dict(vars(obj))
        wrapped = obj
    elif isinstance(obj, ModuleType):
        annotations = getattr(obj, "__annotations__", None)
        default_globals, default_locals, wrapped = obj.__dict__, None, None
    elif callable(obj):
        annotations = getattr(obj, "__annotations__", None)
        default_globals = getattr(obj, "__globals__", None)
        default_locals, wrapped = None, obj
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")

    if annotations is None:
        return {}
    if not isinstance(annotations, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not annotations or not eval_str:
        return dict(annotations)

    if wrapped is not None:
        while True:
            if hasattr(wrapped, "__wrapped__"):
                wrapped = wrapped.__wrapped__
            elif isinstance(wrapped, functools.partial):
                wrapped = wrapped.func
            else:
                break
        if hasattr(wrapped, "__globals__"):
            default_globals = wrapped.__globals__
    globals = default_globals if globals is None else globals
    locals = default_locals if locals is None else locals
    # Type parameters are in scope in the annotations of what they belong to.
    type_params = getattr(obj, "__type_params__", ())
    if type_params:
        locals = {param.__name__: param for param in type_params} | dict(locals or {})
    return {
        name: eval(value, globals, locals) if isinstance(value, str) else value
        for name, value in annotations.items()
    }
