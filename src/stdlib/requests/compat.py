"""The names under which requests has what moved between Python 2 and 3; programs take them from here still."""

import json
from collections.abc import Callable, Mapping, MutableMapping
from http import cookiejar as cookielib
from http.cookies import Morsel
from io import StringIO
from json import JSONDecodeError
from urllib.parse import (
    quote, quote_plus, unquote, unquote_plus, urldefrag, urlencode, urljoin, urlparse, urlsplit, urlunparse,
)

is_py2, is_py3 = False, True
builtin_str, str, bytes = str, str, bytes
basestring = (str, bytes)
numeric_types = (int, float)
integer_types = (int,)
