"""The name under which users import the abstract base classes of containers.

They are defined in `_collections_abc`, which needs nothing of the `collections` package.
Source: Library Reference "collections.abc".
"""

from _collections_abc import *
from _collections_abc import __all__
from _collections_abc import _CallableGenericAlias
