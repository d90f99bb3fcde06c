"""Responses that are raised: one exception class for each status code.

The plain ones are made from a table; those that need more arguments are written out.
Source: aiohttp's documentation, "Web Server Exceptions".
"""

from aiohttp.web_response import Response


class HTTPException(Response, Exception):
    """Base of all: a response and an exception at once."""

    status_code = -1
    empty_body = False

    def __init__(self, *, headers=None, reason=None, body=None, text=None, content_type=None):
        if body is not None:
            import warnings
            warnings.warn("body argument is deprecated for http web exceptions", DeprecationWarning)
        Response.__init__(self, status=self.status_code, headers=headers, reason=reason, body=body, text=text,
                          content_type=content_type)
        Exception.__init__(self, self.reason)
        if self.body is None and not self.empty_body:
            self.text = f"{self.status}: {self.reason}"

    __hash__ = Response.__hash__
    __eq__ = Response.__eq__

    def __bool__(self):
        return True


class HTTPError(HTTPException):
    """Base of the errors."""


class HTTPSuccessful(HTTPException):
    """Base of 2xx."""


class HTTPRedirection(HTTPException):
    """Base of 3xx."""


class HTTPClientError(HTTPError):
    """Base of 4xx."""


class HTTPServerError(HTTPError):
    """Base of 5xx."""


class HTTPMove(HTTPRedirection):
    """Base of the redirections with a place to go to."""

    def __init__(self, location, *, headers=None, reason=None, body=None, text=None, content_type=None):
        if not location:
            raise ValueError("HTTP redirects need a location to redirect to.")
        super().__init__(headers=headers, reason=reason, body=body, text=text, content_type=content_type)
        self.location = location
        self.headers["Location"] = str(location)


def _define(base, rows):
    for row in rows.split():
        name, _, code = row.partition("=")
        attributes = {"status_code": int(code), "__module__": __name__}
        if int(code) in (204, 205, 304):
            attributes["empty_body"] = True
        globals()[name] = type(name, (base,), attributes)


_define(HTTPSuccessful, """
HTTPOk=200 HTTPCreated=201 HTTPAccepted=202 HTTPNonAuthoritativeInformation=203 HTTPNoContent=204
HTTPResetContent=205 HTTPPartialContent=206
""")
_define(HTTPMove, """
HTTPMultipleChoices=300 HTTPMovedPermanently=301 HTTPFound=302 HTTPSeeOther=303 HTTPUseProxy=305
HTTPTemporaryRedirect=307 HTTPPermanentRedirect=308
""")
_define(HTTPRedirection, """
HTTPNotModified=304
""")
_define(HTTPClientError, """
HTTPBadRequest=400 HTTPUnauthorized=401 HTTPPaymentRequired=402 HTTPForbidden=403 HTTPNotFound=404
HTTPNotAcceptable=406 HTTPProxyAuthenticationRequired=407 HTTPRequestTimeout=408 HTTPConflict=409 HTTPGone=410
HTTPLengthRequired=411 HTTPPreconditionFailed=412 HTTPRequestURITooLong=414 HTTPUnsupportedMediaType=415
HTTPRequestRangeNotSatisfiable=416 HTTPExpectationFailed=417 HTTPMisdirectedRequest=421
HTTPUnprocessableEntity=422 HTTPFailedDependency=424 HTTPUpgradeRequired=426 HTTPPreconditionRequired=428
HTTPTooManyRequests=429 HTTPRequestHeaderFieldsTooLarge=431
""")
_define(HTTPServerError, """
HTTPInternalServerError=500 HTTPNotImplemented=501 HTTPBadGateway=502 HTTPServiceUnavailable=503
HTTPGatewayTimeout=504 HTTPVersionNotSupported=505 HTTPVariantAlsoNegotiates=506 HTTPInsufficientStorage=507
HTTPNotExtended=510 HTTPNetworkAuthenticationRequired=511
""")


class HTTPMethodNotAllowed(HTTPClientError):
    status_code = 405

    def __init__(self, method, allowed_methods, *, headers=None, reason=None, body=None, text=None, content_type=None):
        allowed = sorted(allowed_methods)
        super().__init__(headers=headers, reason=reason, body=body, text=text, content_type=content_type)
        self.headers["Allow"] = ",".join(allowed)
        self.allowed_methods = set(allowed)
        self.method = method.upper()


class HTTPRequestEntityTooLarge(HTTPClientError):
    status_code = 413

    def __init__(self, max_size, actual_size, **kwargs):
        kwargs.setdefault("text", f"Maximum request body size {max_size} exceeded, actual body size {actual_size}")
        super().__init__(**kwargs)


class HTTPUnavailableForLegalReasons(HTTPClientError):
    status_code = 451

    def __init__(self, link, *, headers=None, reason=None, body=None, text=None, content_type=None):
        super().__init__(headers=headers, reason=reason, body=body, text=text, content_type=content_type)
        if link:
            self.headers["Link"] = f'<{link}>; rel="blocked-by"'
        self.link = link


__all__ = [name for name, value in globals().items() if isinstance(value, type) and issubclass(value, HTTPException)]
