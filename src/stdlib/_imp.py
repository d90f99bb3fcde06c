"""The native side of CPython's import system, as far as tests ask for it: Coil has its own.

Source: Library Reference "importlib".
"""

import sys

check_hash_based_pycs = "default"


def lock_held():
    """Return True if the import lock is currently held, else False."""
    return False


def acquire_lock():
    """Acquires the interpreter's import lock for the current thread."""


def release_lock():
    """Release the interpreter's import lock."""


def extension_suffixes():
    """Returns the list of file suffixes used to identify extension modules."""
    return []


def is_builtin(name, /):
    """Returns whether the module is part of the interpreter."""
    return int(name in sys.builtin_module_names)


def is_frozen(name, /):
    """Returns True if the module name corresponds to a frozen module."""
    return False


def is_frozen_package(name, /):
    """Returns True if the module name is of a frozen package."""
    raise ImportError(f"No such frozen object named {name}", name=name)


def get_frozen_object(name, data=None, /):
    """Create a code object for a frozen module."""
    raise ImportError(f"No such frozen object named {name}", name=name)


def _override_frozen_modules_for_tests(override, /):
    """There are no frozen modules to be preferred or not."""


def _override_multi_interp_extensions_check(override, /):
    """There are no extension modules to be checked."""
    return 0
