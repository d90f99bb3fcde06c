"""What CPython's accelerator of `warnings` is called: the same functions and the same state.

Source: Library Reference "warnings".
"""

from warnings import (
    _filters_mutated,
    defaultaction as _defaultaction,
    filters,
    onceregistry as _onceregistry,
    warn,
    warn_explicit,
)
