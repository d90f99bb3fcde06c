"""Mock objects: they accept any use, remember it, and can be asked about it.

Every attribute of a mock is a mock, made when first asked for; calling a mock gives its
`return_value`, a mock too unless something else was set. What happens to a child is told to
its parents, so that the outermost mock knows the order of all calls.

`_calls` has calls as values, `_mocks` the mocks, `_magic` their special methods, `_async`
those that are awaited, `_patch` what puts mocks in place of things, `_autospec` what gives
them the signatures of things, `_open` the stand-in for open(),
`_threading` mocks that other threads call.

Source: Library Reference "unittest.mock".
"""

from ._calls import ANY, DEFAULT, _Call, _CallList, call, sentinel
from ._mocks import (
    CallableMixin,
    InvalidSpecError,
    Mock,
    NonCallableMock,
    PropertyMock,
    seal,
)
from ._magic import MagicMixin, MagicMock, MagicProxy, NonCallableMagicMock
from ._threading import ThreadingMock
from ._async import AsyncMagicMixin, AsyncMock, AsyncMockMixin
from ._names import _all_magics, _is_magic, _magics
from ._patch import _get_target, _importer, _patch, _patch_dict, patch
from ._specs import FunctionTypes, _callable, _is_async_func
from ._autospec import create_autospec
from ._open import mock_open

__all__ = (
    "Mock",
    "MagicMock",
    "patch",
    "sentinel",
    "DEFAULT",
    "ANY",
    "call",
    "create_autospec",
    "AsyncMock",
    "ThreadingMock",
    "FILTER_DIR",
    "NonCallableMock",
    "NonCallableMagicMock",
    "mock_open",
    "PropertyMock",
    "seal",
)

# Whether dir() of a mock shows only what is of use.
FILTER_DIR = True
