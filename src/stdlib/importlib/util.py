"""Functions for those who load modules in their own way.

Source: Standard Library, "importlib.util".
"""

import os
import sys

from _coil_import import ModuleSpec, SourceFileLoader
from _coil_import import find_spec as _find_spec
from _coil_import import module_from_spec

__all__ = [
    "MAGIC_NUMBER",
    "cache_from_source",
    "decode_source",
    "find_spec",
    "module_from_spec",
    "resolve_name",
    "source_from_cache",
    "source_hash",
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


def _tag():
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    return tag


def cache_from_source(path, debug_override=None, *, optimization=None):
    """The path of the compiled file that CPython would keep for a source file. Coil keeps none."""
    if debug_override is not None:
        if optimization is not None:
            raise TypeError("debug_override or optimization must be set to None")
        optimization = "" if debug_override else 1
    head, tail = os.path.split(os.fspath(path))
    stem = tail.rpartition(".")[0] or tail
    if optimization is None:
        optimization = sys.flags.optimize or ""
    optimization = str(optimization)
    if optimization:
        if not optimization.isalnum():
            raise ValueError(f"{optimization!r} is not alphanumeric")
        optimization = f".opt-{optimization}"
    return os.path.join(head, "__pycache__", f"{stem}.{_tag()}{optimization}.pyc")


def source_from_cache(path):
    """The path of the source file of a compiled file."""
    _tag()
    head, name = os.path.split(os.fspath(path))
    head, folder = os.path.split(head)
    if folder != "__pycache__":
        raise ValueError(f"__pycache__ not bottom-level directory in {path!r}")
    dots = name.count(".")
    if dots not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {name!r}")
    if dots == 3:
        optimization = name.rsplit(".", 2)[-2]
        if not optimization.startswith("opt-"):
            raise ValueError("optimization portion of filename does not start with 'opt-'")
        if not optimization[4:].isalnum():
            raise ValueError(f"optimization level {optimization!r} is not an alphanumeric value")
    return os.path.join(head, name.partition(".")[0] + ".py")


def source_hash(source_bytes):
    """The hash of a source, as CPython writes it into compiled files that are checked by it."""
    return hash(bytes(source_bytes)).to_bytes(8, "little", signed=True)


def decode_source(source_bytes):
    """Decode bytes representing source code and return the string, with line feeds at line ends."""
    import io
    import tokenize

    encoding, _ = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)
    return io.IncrementalNewlineDecoder(None, True).decode(source_bytes.decode(encoding))
