"""The attributes of objects: listing them, finding them without running code, their docs.

Source: Library Reference "inspect", "Types and members", "Fetching attributes statically".
"""

import sys
from collections import namedtuple
from types import DynamicClassAttribute, MemberDescriptorType

from . import (
    GetSetDescriptorType,
    isbuiltin,
    isclass,
    isdatadescriptor,
    isfunction,
    ismethod,
    ismethoddescriptor,
    ismodule,
    isroutine,
)

_sentinel = object()


def getmro(cls):
    """The classes among which an attribute of cls is looked for, in order."""
    return cls.__mro__


def _members(object, predicate, getter):
    names = dir(object)
    mro = getmro(object) if isclass(object) else ()
    if isclass(object):
        # These hide from the class they are asked on, so dir() may leave them out.
        for base in object.__bases__:
            for name, value in base.__dict__.items():
                if isinstance(value, DynamicClassAttribute) and name not in names:
                    names.append(name)
    found = []
    for name in dict.fromkeys(names):
        try:
            value = getter(object, name)
        except AttributeError:
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                # dir() promised too much.
                continue
        if not predicate or predicate(value):
            found.append((name, value))
    found.sort(key=lambda pair: pair[0])
    return found


def getmembers(object, predicate=None):
    """All (name, value) pairs of an object's attributes, by name; of those for which
    `predicate` holds, if it is given."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """The same without running properties, `__getattr__` and the like."""
    return _members(object, predicate, getattr_static)


Attribute = namedtuple("Attribute", "name kind defining_class object", module="inspect")


def classify_class_attrs(cls):
    """What each attribute of a class is: a list of Attribute tuples.

    The kind is 'class method', 'static method', 'property', 'method' or 'data'.
    """
    mro = getmro(cls)
    metamro = tuple(base for base in getmro(type(cls)) if base not in (type, object))
    class_bases = (cls,) + mro
    all_bases = class_bases + metamro
    names = dir(cls)
    for base in mro:
        for name, value in base.__dict__.items():
            if isinstance(value, DynamicClassAttribute) and value.fget is not None:
                if name not in names:
                    names.append(name)

    result = []
    for name in dict.fromkeys(names):
        home = None
        got = _sentinel
        raw = _sentinel
        if name != "__dict__":
            try:
                got = getattr(cls, name)
            except Exception:
                pass
            else:
                home = getattr(got, "__objclass__", home)
                if home not in class_bases:
                    # The object may say where it was defined; else look for who has it.
                    home = None
                    for base in class_bases:
                        if getattr(base, name, None) is got:
                            home = base
                    for base in metamro:
                        try:
                            value = base.__getattr__(cls, name)
                        except AttributeError:
                            continue
                        if value is got:
                            home = base
        for base in all_bases:
            if name in base.__dict__:
                raw = base.__dict__[name]
                if home not in metamro:
                    home = base
                break
        if home is None:
            continue
        obj = got if got is not _sentinel else raw
        if isinstance(raw, (staticmethod, type(_BUILTIN_NEW))):
            kind, obj = "static method", raw
        elif isinstance(raw, (classmethod, _CLASS_METHOD)):
            kind, obj = "class method", raw
        elif isinstance(raw, property):
            kind, obj = "property", raw
        elif isroutine(obj):
            kind = "method"
        else:
            kind = "data"
        result.append(Attribute(name, kind, home, obj))
    return result


_BUILTIN_NEW = object.__new__
_CLASS_METHOD = type(dict.__dict__["fromkeys"])


def walktree(classes, children, parent):
    """The nested list that getclasstree() gives, for `classes` under `parent`."""
    result = []
    for cls in sorted(classes, key=lambda c: (c.__module__, c.__name__)):
        result.append((cls, cls.__bases__))
        if cls in children:
            result.append(walktree(children[cls], children, cls))
    return result


def getclasstree(classes, unique=False):
    """Arrange classes as a tree: a list with (class, bases) pairs, each followed by the
    list of its subclasses, if it has any."""
    children = {}
    roots = []
    for cls in classes:
        if cls.__bases__:
            for base in cls.__bases__:
                of_base = children.setdefault(base, [])
                if cls not in of_base:
                    of_base.append(cls)
                if unique and base in classes:
                    break
        elif cls not in roots:
            roots.append(cls)
    for base in children:
        if base not in classes:
            roots.append(base)
    return walktree(roots, children, None)


def cleandoc(doc):
    """Take the indentation out of a docstring, and the blank lines around it."""
    lines = doc.expandtabs().split("\n")
    margin = sys.maxsize
    for line in lines[1:]:
        content = len(line.lstrip(" "))
        if content:
            margin = min(margin, len(line) - content)
    if lines:
        lines[0] = lines[0].lstrip(" ")
    if margin < sys.maxsize:
        lines[1:] = [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    """The cleaned docstring of an object, or of what it overrides."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _inherited_doc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _defining_class(func):
    cls = sys.modules.get(func.__module__)
    if cls is None:
        return None
    for name in func.__qualname__.split(".")[:-1]:
        cls = getattr(cls, name)
    return cls if isclass(cls) else None


def _inherited_doc(obj):
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object and base.__doc__ is not None:
                return base.__doc__
        return None
    if ismethod(obj):
        name = obj.__func__.__name__
        owner = obj.__self__
        is_class_method = isclass(owner)
        if is_class_method and getattr(getattr(owner, name, None), "__func__") is obj.__func__:
            cls = owner
        else:
            cls = owner.__class__
    elif isfunction(obj):
        name = obj.__name__
        cls = _defining_class(obj)
        if cls is None or getattr(cls, name) is not obj:
            return None
    elif isbuiltin(obj):
        name = obj.__name__
        owner = obj.__self__
        cls = owner if isclass(owner) else owner.__class__
    elif isinstance(obj, property):
        name = obj.__name__
        cls = _defining_class(obj.fget)
        if cls is None or getattr(cls, name) is not obj:
            return None
    elif ismethoddescriptor(obj) or isdatadescriptor(obj):
        name = obj.__name__
        cls = obj.__objclass__
        if getattr(cls, name) is not obj:
            return None
        if isinstance(obj, MemberDescriptorType):
            slots = getattr(cls, "__slots__", None)
            if isinstance(slots, dict) and name in slots:
                return slots[name]
    else:
        return None
    for base in cls.__mro__:
        try:
            doc = getattr(base, name).__doc__
        except AttributeError:
            continue
        if doc is not None:
            return doc
    return None


# The real namespace and MRO of a class, whatever its metaclass makes of their names.
_class_namespace = type.__dict__["__dict__"].__get__
_class_mro = type.__dict__["__mro__"].__get__


def _lookup(cls, name):
    for entry in _class_mro(cls):
        namespace = _class_namespace(entry)
        if name in namespace:
            return namespace[name]
    return _sentinel


def _instance_lookup(obj, name):
    """Look into an instance's own dictionary, if that is where `__dict__` leads."""
    shadow = _lookup(type(obj), "__dict__")
    if shadow is not _sentinel and not isinstance(
        shadow, (GetSetDescriptorType, MemberDescriptorType)
    ):
        return _sentinel
    try:
        namespace = object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return _sentinel
    return dict.get(namespace, name, _sentinel)


def getattr_static(obj, attr, default=_sentinel):
    """Find an attribute without running any code of the program: no descriptors, no
    `__getattr__`, no `__getattribute__`. So a property comes back as the property."""
    is_class = issubclass(type(obj), type)
    cls = obj if is_class else type(obj)
    of_instance = _sentinel if is_class else _instance_lookup(obj, attr)
    of_class = _lookup(cls, attr)
    if of_instance is not _sentinel and of_class is not _sentinel:
        kind = type(of_class)
        # A data descriptor comes before the instance's dictionary.
        if _lookup(kind, "__get__") is not _sentinel and (
            _lookup(kind, "__set__") is not _sentinel
            or _lookup(kind, "__delete__") is not _sentinel
        ):
            return of_class
    if of_instance is not _sentinel:
        return of_instance
    if of_class is not _sentinel:
        return of_class
    if is_class:
        of_metaclass = _lookup(type(cls), attr)
        if of_metaclass is not _sentinel:
            return of_metaclass
    if default is not _sentinel:
        return default
    raise AttributeError(attr)


ClosureVars = namedtuple(
    "ClosureVars", "nonlocals globals builtins unbound", module="inspect"
)


def getclosurevars(func):
    """Where the names that a function uses and does not define come from, and their
    current values: enclosing functions, the module, the builtins, or nowhere."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    nonlocals = {}
    for name, cell in zip(code.co_freevars, func.__closure__ or ()):
        try:
            nonlocals[name] = cell.cell_contents
        except ValueError:
            # Not assigned yet.
            pass
    namespace = func.__globals__
    builtins = namespace.get("__builtins__", sys.modules["builtins"].__dict__)
    if ismodule(builtins):
        builtins = builtins.__dict__
    globals_, builtins_, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in namespace:
            globals_[name] = namespace[name]
        elif name in builtins:
            builtins_[name] = builtins[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, globals_, builtins_, unbound)
