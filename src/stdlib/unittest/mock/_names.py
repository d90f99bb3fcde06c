"""The names of special methods, by what a mock can do about them.

Source: Library Reference "unittest.mock", MagicMock and magic method support.
"""

_numerics = (
    "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow"
).split()

# MagicMock has these at once.
_magics = {
    f"__{name}__"
    for name in (
        "lt gt le ge eq ne getitem setitem delitem len contains str sizeof enter exit "
        "divmod rdivmod neg pos abs invert complex int float index round trunc floor ceil "
        "bool next fspath aiter "
    ).split()
    + _numerics
    + [f"i{name}" for name in _numerics]
    + [f"r{name}" for name in _numerics]
} | {"__hash__", "__iter__"}

# These can be set, on any mock.
_non_defaults = {
    "__get__",
    "__set__",
    "__delete__",
    "__reversed__",
    "__missing__",
    "__reduce__",
    "__reduce_ex__",
    "__getinitargs__",
    "__getnewargs__",
    "__getstate__",
    "__setstate__",
    "__getformat__",
    "__repr__",
    "__dir__",
    "__subclasses__",
    "__format__",
    "__getnewargs_ex__",
}

_async_method_magics = {"__aenter__", "__aexit__", "__anext__"}
_async_magics = _async_method_magics | {"__aiter__"}
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_magics

_unsupported_magics = {
    "__getattr__",
    "__setattr__",
    "__init__",
    "__new__",
    "__prepare__",
    "__instancecheck__",
    "__subclasscheck__",
    "__del__",
}


def _is_magic(name):
    return name[2:-2] and f"__{name[2:-2]}__" == name
