"""The parts that the import system is made of.

Source: Standard Library, "importlib.machinery".
"""

from _coil_import import BuiltinImporter, ModuleSpec, NamespaceLoader, SourceFileLoader
from _coil_import import find_spec as _find_spec

__all__ = [
    "BuiltinImporter",
    "ModuleSpec",
    "NamespaceLoader",
    "PathFinder",
    "SourceFileLoader",
    "all_suffixes",
]

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = []
EXTENSION_SUFFIXES = []


def all_suffixes():
    """Returns a list of all recognized module suffixes for this process."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class PathFinder:
    """Meta path finder for sys.path and package __path__ attributes."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """Try to find a spec for 'fullname' on sys.path or 'path'."""
        return _find_spec(fullname, path)

    @staticmethod
    def invalidate_caches():
        """Forget what was remembered: nothing."""
