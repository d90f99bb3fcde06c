"""HTTP for people: requests in one call, responses with everything at hand.

An own implementation of the interface of the package `requests` on `http.client`; when the package is on the path, it is used
instead. Source: Requests' documentation.
"""

from requests.sessions import VERSION as __version__

from requests import adapters, auth, compat, cookies, exceptions, models, structures, utils
from requests.api import delete, get, head, options, patch, post, put, request
from requests.exceptions import (
    ConnectionError, ConnectTimeout, HTTPError, JSONDecodeError, ReadTimeout, RequestException, Timeout,
    TooManyRedirects, URLRequired,
)
from requests.models import PreparedRequest, Request, Response
from requests.sessions import Session, session
from requests.status_codes import codes
