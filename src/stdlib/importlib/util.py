"""Functions for those who load modules in their own way.

Source: Standard Library, "importlib.util".
"""

import sys

from _coil_import import ModuleSpec, SourceFileLoader
from _coil_import import find_spec as _find_spec
from _coil_import import module_from_spec

__all__ = [
    "find_spec",
    "module_from_spec",
    "resolve_name",
    "spec_from_file_location",
    "spec_from_loader",
]

MAGIC_NUMBER = b"\xf3\r\r\n"


def resolve_name(name, package):
    """Resolve a relative module name to an absolute one."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(
            f"no package specified for {name!r} (required for relative module names)"
        )
    rest = name.lstrip(".")
    base = package
    for _ in range(len(name) - len(rest) - 1):
        base, dot, _ = base.rpartition(".")
        if not dot:
            raise ImportError("attempted relative import beyond top-level package")
    return f"{base}.{rest}" if rest else base


def find_spec(name, package=None):
    """Return the spec for the specified module, None when there is none.

    A module that is in sys.modules is not searched for again. The parents of a submodule are imported.
    """
    fullname = resolve_name(name, package) if name.startswith(".") else name
    if fullname in sys.modules:
        module = sys.modules[fullname]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f"{name}.__spec__ is not set") from None
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    parent, _, _ = fullname.rpartition(".")
    if not parent:
        return _find_spec(fullname)
    package_module = __import__(parent, fromlist=["__path__"])
    try:
        path = package_module.__path__
    except AttributeError as error:
        raise ModuleNotFoundError(
            f"__path__ attribute not found on {parent!r} while trying to find {fullname!r}",
            name=fullname,
        ) from error
    return _find_spec(fullname, path)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """Return a module spec based on a loader."""
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if hasattr(loader, "get_filename"):
        return spec_from_file_location(name, loader=loader)
    if is_package is None:
        try:
            is_package = loader.is_package(name)
        except (AttributeError, ImportError):
            is_package = False
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    """Return a module spec based on a file location."""
    if location is None:
        location = loader.get_filename(name) if hasattr(loader, "get_filename") else "<unknown>"
    else:
        import os

        location = os.path.abspath(os.fspath(location))
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if loader is None:
        if not location.endswith(".py"):
            return None
        loader = spec.loader = SourceFileLoader(name, location)
    if submodule_search_locations is not None:
        spec.submodule_search_locations = submodule_search_locations
    elif hasattr(loader, "is_package") and loader.is_package(name):
        spec.submodule_search_locations = []
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(location.rpartition("/")[0])
    return spec
