"""Abstract base classes for finders and loaders.

Source: Standard Library, "importlib.abc".
"""

import abc

__all__ = ["InspectLoader", "Loader", "MetaPathFinder", "PathEntryFinder", "SourceLoader"]


class Loader(metaclass=abc.ABCMeta):
    """Abstract base class for import loaders."""

    def create_module(self, spec):
        """Return a module to initialize, None for an ordinary one."""
        return None

    def load_module(self, fullname):
        """Load a module by name, the way of old loaders."""
        if not hasattr(self, "exec_module"):
            raise ImportError
        from importlib import import_module

        return import_module(fullname)


class MetaPathFinder(metaclass=abc.ABCMeta):
    """Abstract base class for import finders on sys.meta_path."""

    def invalidate_caches(self):
        """Clear what importlib.invalidate_caches() should clear."""


class PathEntryFinder(metaclass=abc.ABCMeta):
    """Abstract base class for path entry finders."""

    def invalidate_caches(self):
        """Clear what importlib.invalidate_caches() should clear."""


class InspectLoader(Loader):
    """Abstract base class for loaders that can show a module's source."""

    def is_package(self, fullname):
        """Return whether the module is a package."""
        raise ImportError

    def get_code(self, fullname):
        """Return the code object of the module, None when it has none."""
        source = self.get_source(fullname)
        if source is None:
            return None
        return self.source_to_code(source)

    @abc.abstractmethod
    def get_source(self, fullname):
        """Return the source of the module as text."""
        raise ImportError

    @staticmethod
    def source_to_code(data, path="<string>"):
        """Compile 'data' into a code object."""
        return compile(data, path, "exec", dont_inherit=True)

    def exec_module(self, module):
        """Run the module's code in its namespace."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(
                f"cannot load module {module.__name__!r} when get_code() returns None"
            )
        exec(code, module.__dict__)


class SourceLoader(InspectLoader):
    """Abstract base class for loaders of source files."""

    @abc.abstractmethod
    def get_data(self, path):
        """Return the bytes at the path."""
        raise OSError

    @abc.abstractmethod
    def get_filename(self, fullname):
        """Return the path of the module's file."""
        raise ImportError

    def get_source(self, fullname):
        """Return the source of the module as text."""
        return self.get_data(self.get_filename(fullname)).decode()
