"""A copy of `_datetime` with classes of its own, under the name of CPython's version of it in Python.

Programs that ask for this module want to be independent of the other, so it is executed once more.

Source: Library Reference "datetime".
"""

from _coil_import import find_spec as _find_spec

exec(_find_spec("_datetime").loader.get_code("_datetime"), globals())
