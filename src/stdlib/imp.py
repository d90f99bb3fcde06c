"""The import machinery of Python 3.3 and older, for programs that `imp.reload` a module.

Source: Library Reference "imp" of 3.11, where it was for the last time.
"""

import _eras

if not _eras.allows("imp"):
    raise ModuleNotFoundError("No module named 'imp'", name="imp")

import importlib
import sys
import types

SEARCH_ERROR, PY_SOURCE, PY_COMPILED, C_EXTENSION = 0, 1, 2, 3
PY_RESOURCE, PKG_DIRECTORY, C_BUILTIN, PY_FROZEN = 4, 5, 6, 7

reload = importlib.reload


def new_module(name):
    """An empty module, which is not put into `sys.modules`."""
    return types.ModuleType(name)


def get_suffixes():
    """What file names of modules end in: (ending, mode, kind)."""
    return [(".py", "r", PY_SOURCE)]


def find_module(name, path=None):
    """Where a module is: (open file, path, description)."""
    import os

    if path is None:
        if name in sys.builtin_module_names:
            return None, None, ("", "", C_BUILTIN)
        path = sys.path
    for folder in path:
        package = os.path.join(folder, name)
        if os.path.isfile(os.path.join(package, "__init__.py")):
            return None, package, ("", "", PKG_DIRECTORY)
        file = package + ".py"
        if os.path.isfile(file):
            return open(file, encoding="utf-8"), file, (".py", "r", PY_SOURCE)
    raise ImportError(f"No module named {name!r}", name=name)


def load_source(name, pathname, file=None):
    """Runs a file as the module of a name."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(name, pathname)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_package(name, path):
    """Runs the `__init__.py` of a folder."""
    import os

    return load_source(name, os.path.join(path, "__init__.py"))


def load_module(name, file, filename, details):
    """Loads what `find_module` found."""
    kind = details[2]
    if kind == PY_SOURCE:
        return load_source(name, filename, file)
    if kind == PKG_DIRECTORY:
        return load_package(name, filename)
    if kind == C_BUILTIN:
        return importlib.import_module(name)
    raise ImportError(f"Don't know how to import {name} (type code {kind})", name=name)


def acquire_lock():
    """Nothing to do: imports of one program do not run side by side."""


def release_lock():
    """See `acquire_lock`."""


def lock_held():
    """See `acquire_lock`."""
    return False
