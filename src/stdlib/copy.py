"""Shallow and deep copies of any object.

A shallow copy shares what the object contains, a deep copy copies that too. Objects may
contain themselves, so a deep copy keeps a memo: an object met again gives the copy made of
it the first time. A class has its say by `__copy__` and `__deepcopy__`, or by the methods
that pickle uses: an object is reduced to a function call that makes it, and its state.

Source: Library Reference "copy", PEP 307.
"""

import types
from _weakref import ref
from copyreg import dispatch_table

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    """Raised for objects that cannot be copied."""


error = Error

# Types whose objects cannot change: as good as a copy of themselves.
_ATOMIC = {
    types.NoneType,
    int,
    float,
    bool,
    complex,
    str,
    types.EllipsisType,
    type,
    range,
    types.BuiltinFunctionType,
    types.NotImplementedType,
    types.FunctionType,
    ref,
    property,
    bytes,
    types.CodeType,
}
_COPIED_BY_SHARING = _ATOMIC | {tuple, frozenset, slice}
_COPIED_BY_METHOD = {list, dict, set, bytearray}


def copy(x):
    """A shallow copy."""
    cls = type(x)
    if cls in _COPIED_BY_SHARING or issubclass(cls, type):
        return x
    if cls in _COPIED_BY_METHOD:
        return x.copy()
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    reduced = _reduce(x, cls, copying="copy")
    # A string is the name of something global, which is not copied.
    return x if isinstance(reduced, str) else _rebuild(x, None, *reduced)


def _reduce(x, cls, copying):
    """What pickle would make of x: a string, or the tuple that says how to rebuild it."""
    reductor = dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(x, "__reduce_ex__", None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, "__reduce__", None)
    if reductor is not None:
        return reductor()
    raise Error(f"un{'shallow' if copying == 'copy' else 'deep'}copyable object of type {cls}")


def deepcopy(x, memo=None, _nil=[]):
    """A copy of x and of everything in it."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    key = id(x)
    if memo is None:
        memo = {}
    else:
        found = memo.get(key, _nil)
        if found is not _nil:
            return found

    copier = _DEEP.get(cls)
    if copier is not None:
        made = copier(x, memo)
    elif issubclass(cls, type):
        made = x
    else:
        copier = getattr(x, "__deepcopy__", None)
        if copier is not None:
            made = copier(memo)
        else:
            reduced = _reduce(x, cls, copying="deepcopy")
            made = x if isinstance(reduced, str) else _rebuild(x, memo, *reduced)
    if made is not x:
        memo[key] = made
        # Ids in the memo are good only as long as the objects live.
        _keep_alive(x, memo)
    return made


def _keep_alive(x, memo):
    kept = memo.get(id(memo))
    if kept is None:
        memo[id(memo)] = [x]
    else:
        kept.append(x)


def _deepcopy_list(x, memo):
    made = []
    memo[id(x)] = made
    append = made.append
    for item in x:
        append(deepcopy(item, memo))
    return made


def _deepcopy_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # It may have come round to itself and been copied by now.
    if id(x) in memo:
        return memo[id(x)]
    for old, new in zip(x, items):
        if old is not new:
            return tuple(items)
    return x


def _deepcopy_dict(x, memo):
    made = {}
    memo[id(x)] = made
    for key, value in x.items():
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_DEEP = {
    list: _deepcopy_list,
    tuple: _deepcopy_tuple,
    dict: _deepcopy_dict,
    types.MethodType: _deepcopy_method,
}


def _rebuild(x, memo, func, args, state=None, items=None, pairs=None):
    """Carry out what a reduction says; deeply if there is a memo."""
    deep = memo is not None
    if deep and args:
        args = [deepcopy(arg, memo) for arg in args]
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(made, name, value)
    if items is not None:
        for item in items:
            made.append(deepcopy(item, memo) if deep else item)
    if pairs is not None:
        for key, value in pairs:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            made[key] = value
    return made


def replace(obj, /, **changes):
    """A copy of an object with some fields changed, if its class has `__replace__`."""
    cls = obj.__class__
    func = getattr(cls, "__replace__", None)
    if func is None:
        raise TypeError(f"replace() does not support {cls.__name__} objects")
    return func(obj, **changes)
