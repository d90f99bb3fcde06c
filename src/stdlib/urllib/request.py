"""An extensible library for opening URLs using a variety of protocols.

An opener asks its handlers in turn: a request may be changed by `<protocol>_request`, is opened by `<protocol>_open`, and the
response passes `<protocol>_response`; errors go to `http_error_<code>`. What a handler can do is read off the names of its
methods. urlopen() uses an opener with the usual handlers.
Source: Standard Library, "urllib.request".
"""

import bisect
import email.utils
import http.client
import io
import os
import re
import socket
import sys
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import (
    _splithost, _splitpasswd, _splitport, _splittag, _splittype, _splituser, quote, unquote, unwrap, urljoin, urlparse,
    urlsplit, unquote_to_bytes,
)
from urllib.response import addinfourl

__all__ = [
    "Request", "OpenerDirector", "BaseHandler", "HTTPDefaultErrorHandler", "HTTPRedirectHandler", "HTTPCookieProcessor",
    "ProxyHandler", "HTTPPasswordMgr", "HTTPPasswordMgrWithDefaultRealm", "HTTPPasswordMgrWithPriorAuth",
    "AbstractBasicAuthHandler", "HTTPBasicAuthHandler", "ProxyBasicAuthHandler", "HTTPHandler", "FileHandler",
    "UnknownHandler", "HTTPErrorProcessor", "DataHandler", "HTTPSHandler", "urlopen", "install_opener", "build_opener",
    "pathname2url", "url2pathname", "getproxies", "urlretrieve", "urlcleanup",
]

__version__ = "%d.%d" % sys.version_info[:2]

_opener = None
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, context=None):
    """Open the URL url, which can be either a string or a Request object.

    The response is a file with the headers and the URL that the answer came from.
    """
    global _opener
    if context is not None:
        opener = build_opener(HTTPSHandler(context=context))
    elif _opener is None:
        opener = _opener = build_opener()
    else:
        opener = _opener
    return opener.open(url, data, timeout)


def install_opener(opener):
    global _opener
    _opener = opener


_url_tempfiles = []


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Retrieve a URL into a temporary location on disk: (filename, headers)."""
    scheme, path = _splittype(url)
    with urlopen(url, data) as response:
        headers = response.info()
        if scheme == "file" and not filename:
            return os.path.normpath(path), headers
        if filename:
            target = open(filename, "wb")
        else:
            import tempfile
            target = tempfile.NamedTemporaryFile(delete=False)
            filename = target.name
            _url_tempfiles.append(filename)
        with target:
            size = int(headers["Content-Length"]) if "content-length" in headers else -1
            read = number = 0
            if reporthook:
                reporthook(number, 8192, size)
            while block := response.read(8192):
                read += len(block)
                target.write(block)
                number += 1
                if reporthook:
                    reporthook(number, 8192, size)
    if 0 <= read < size:
        raise ContentTooShortError(f"retrieval incomplete: got only {read} out of {size} bytes", (filename, headers))
    return filename, headers


def urlcleanup():
    """Clean up temporary files from urlretrieve calls."""
    global _opener
    for name in _url_tempfiles:
        try:
            os.unlink(name)
        except OSError:
            pass
    _url_tempfiles.clear()
    _opener = None


def request_host(request):
    """Return request-host, as defined by RFC 2965."""
    host = urlparse(request.full_url)[1] or request.get_header("Host", "")
    return re.sub(r":\d+$", "", host).lower()


class Request:
    """A URL and how to ask for it: data, headers, method."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers = {}
        self.unredirected_hdrs = {}
        self._data = None
        self.data = data
        self._tunnel_host = None
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = request_host(self) if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        return f"{self._full_url}#{self.fragment}" if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        self._full_url, self.fragment = _splittag(unwrap(url))
        self._parse()

    @full_url.deleter
    def full_url(self):
        self._full_url = None
        self.fragment = None
        self.selector = ""

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            # The length was that of other data.
            if self.has_header("Content-length"):
                self.remove_header("Content-length")

    @data.deleter
    def data(self):
        self.data = None

    def _parse(self):
        self.type, rest = _splittype(self._full_url)
        if self.type is None:
            raise ValueError(f"unknown url type: {self.full_url!r}")
        self.host, self.selector = _splithost(rest)
        if self.host:
            self.host = unquote(self.host)

    def get_method(self):
        """Return a string indicating the HTTP request method."""
        return getattr(self, "method", "GET" if self.data is None else "POST")

    def get_full_url(self):
        return self.full_url

    def set_proxy(self, host, type):
        if self.type == "https" and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type = type
            self.selector = self.full_url
        self.host = host

    def has_proxy(self):
        return self.selector == self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        # Such a header is not sent to where a redirection leads.
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())


class OpenerDirector:
    """Opens URLs with the handlers that it was given."""

    def __init__(self):
        self.addheaders = [("User-agent", "Python-urllib/" + __version__)]
        self.handlers = []
        self.handle_open = {}
        self.handle_error = {}
        self.process_response = {}
        self.process_request = {}

    def add_handler(self, handler):
        if not hasattr(handler, "add_parent"):
            raise TypeError(f"expected BaseHandler instance, got {type(handler)!r}")
        added = False
        for method in dir(handler):
            if method in ("redirect_request", "do_open", "proxy_open"):
                continue
            protocol, mark, condition = method.partition("_")
            if not mark:
                continue
            if condition.startswith("error"):
                kind = condition[condition.find("_") + 1:]
                try:
                    kind = int(kind)
                except ValueError:
                    pass
                lookup = self.handle_error.setdefault(protocol, {})
            elif condition in ("open", "response", "request"):
                kind = protocol
                lookup = getattr(self, "handle_open" if condition == "open" else "process_" + condition)
            else:
                continue
            bisect.insort(lookup.setdefault(kind, []), handler)
            added = True
        if added:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def close(self):
        # Only here because programs call it.
        pass

    def _call_chain(self, chain, kind, meth_name, *args):
        """The first result of a handler that is not None."""
        for handler in chain.get(kind, ()):
            result = getattr(handler, meth_name)(*args)
            if result is not None:
                return result

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        if isinstance(fullurl, str):
            req = Request(fullurl, data)
        else:
            req = fullurl
            if data is not None:
                req.data = data
        req.timeout = timeout
        protocol = req.type
        for processor in self.process_request.get(protocol, []):
            req = getattr(processor, protocol + "_request")(req)
        response = self._open(req, data)
        for processor in self.process_response.get(protocol, []):
            response = getattr(processor, protocol + "_response")(req, response)
        return response

    def _open(self, req, data=None):
        for kind, method in (("default", "default_open"), (req.type, req.type + "_open"), ("unknown", "unknown_open")):
            result = self._call_chain(self.handle_open, kind, method, req)
            if result:
                return result

    def error(self, proto, *args):
        if proto in ("http", "https"):
            # Errors of both are kept together, by code.
            chain = self.handle_error["http"]
            code = args[2]
            result = self._call_chain(chain, code, f"http_error_{code}", *args)
            if result:
                return result
            return self._call_chain(chain, "default", "http_error_default", *args)
        return self._call_chain(self.handle_error, proto, proto + "_error", *args)


def build_opener(*handlers):
    """Create an opener object from a list of handlers.

    The opener will use several default handlers, including support for HTTP and when applicable HTTPS. A handler that derives
    from a default one takes its place.
    """
    opener = OpenerDirector()
    defaults = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FileHandler,
                HTTPErrorProcessor, DataHandler, HTTPSHandler]
    for default in defaults.copy():
        for handler in handlers:
            if isinstance(handler, type) and issubclass(handler, default) or isinstance(handler, default):
                defaults.remove(default)
                break
    for handler in (*defaults, *handlers):
        opener.add_handler(handler() if isinstance(handler, type) else handler)
    return opener


class BaseHandler:
    handler_order = 500

    def add_parent(self, parent):
        self.parent = parent

    def close(self):
        # Only here because programs call it.
        pass

    def __lt__(self, other):
        if not hasattr(other, "handler_order"):
            return False
        return self.handler_order < other.handler_order


class HTTPErrorProcessor(BaseHandler):
    """Process HTTP error responses."""

    handler_order = 1000

    def http_response(self, request, response):
        code, message, headers = response.code, response.msg, response.info()
        # By the RFC, all of 2xx is success.
        if not 200 <= code < 300:
            response = self.parent.error("http", request, response, code, message, headers)
        return response

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    max_repeats = 4
    max_redirections = 10
    inf_msg = "The HTTP server returned a redirect error that would lead to an infinite loop.\nThe last 30x error message was:\n"

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """Return a Request or None in response to a redirect."""
        method = req.get_method()
        if not (code in (301, 302, 303, 307, 308) and method in ("GET", "HEAD")
                or code in (301, 302, 303) and method == "POST"):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        # There is no body any more.
        kept = {name: value for name, value in req.headers.items()
                if name.lower() not in ("content-length", "content-type")}
        return Request(newurl.replace(" ", "%20"), method="HEAD" if method == "HEAD" else "GET", headers=kept,
                       origin_req_host=req.origin_req_host, unverifiable=True)

    def http_error_302(self, req, fp, code, msg, headers):
        newurl = headers.get("location") or headers.get("uri")
        if newurl is None:
            return None
        parts = urlparse(newurl)
        if parts.scheme not in ("http", "https", "ftp", ""):
            raise HTTPError(newurl, code, f"{msg} - Redirection to url '{newurl}' is not allowed", headers, fp)
        if not parts.path and parts.netloc:
            parts = parts._replace(path="/")
        newurl = quote(parts.geturl(), encoding="iso-8859-1", safe=_PUNCTUATION)
        newurl = urljoin(req.full_url, newurl)
        new = self.redirect_request(req, fp, code, msg, headers, newurl)
        if new is None:
            return None
        visited = getattr(req, "redirect_dict", {})
        new.redirect_dict = req.redirect_dict = visited
        if visited.get(newurl, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visited[newurl] = visited.get(newurl, 0) + 1
        # The body of the redirection is of no interest, but stands before the next response.
        fp.read()
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _parse_proxy(proxy):
    """(scheme, user, password, host and port) of the URL of a proxy."""
    scheme, rest = _splittype(proxy)
    if not rest.startswith("/"):
        scheme, authority = None, proxy
    else:
        if not rest.startswith("//"):
            raise ValueError(f"proxy URL with no authority: {proxy!r}")
        authority = rest[2:].partition("/")[0]
    userinfo, hostport = _splituser(authority)
    user, password = (None, None) if userinfo is None else _splitpasswd(userinfo)
    return scheme, user, password, hostport


class ProxyHandler(BaseHandler):
    # Before all others.
    handler_order = 100

    def __init__(self, proxies=None):
        self.proxies = getproxies() if proxies is None else proxies
        assert hasattr(self.proxies, "keys"), "proxies must be a mapping"
        for type, url in self.proxies.items():
            def open_by_proxy(request, proxy=url, type=type.lower()):
                return self.proxy_open(request, proxy, type)
            setattr(self, f"{type.lower()}_open", open_by_proxy)

    def proxy_open(self, req, proxy, type):
        original = req.type
        proxy_type, user, password, hostport = _parse_proxy(proxy)
        if req.host and proxy_bypass(req.host):
            return None
        if user and password:
            req.add_header("Proxy-authorization", "Basic " + _base64(f"{unquote(user)}:{unquote(password)}"))
        req.set_proxy(unquote(hostport), proxy_type or original)
        if original == (proxy_type or original) or original == "https":
            # The usual handler goes on.
            return None
        return self.parent.open(req, timeout=req.timeout)


def _base64(text):
    import base64
    return base64.b64encode(text.encode()).decode("ascii")


class HTTPPasswordMgr:
    """User names and passwords, by realm and address."""

    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        uris = [uri] if isinstance(uri, str) else uri
        for default_port in (True, False):
            reduced = tuple(self.reduce_uri(u, default_port) for u in uris)
            self.passwd.setdefault(realm, {})[reduced] = (user, passwd)

    def find_user_password(self, realm, authuri):
        for default_port in (True, False):
            reduced = self.reduce_uri(authuri, default_port)
            for uris, info in self.passwd.get(realm, {}).items():
                if any(self.is_suburi(uri, reduced) for uri in uris):
                    return info
        return None, None

    def reduce_uri(self, uri, default_port=True):
        """Accept authority or URI and extract only the authority and path."""
        parts = urlsplit(uri)
        if parts[1]:
            scheme, authority, path = parts[0], parts[1], parts[2] or "/"
        else:
            scheme, authority, path = None, uri, "/"
        port = _splitport(authority)[1]
        if default_port and port is None and scheme is not None:
            port = {"http": 80, "https": 443}.get(scheme)
            if port is not None:
                authority = f"{authority}:{port}"
        return authority, path

    def is_suburi(self, base, test):
        """Check if test is below base in a URI tree."""
        if base == test:
            return True
        if base[0] != test[0]:
            return False
        prefix = base[1] if base[1].endswith("/") else base[1] + "/"
        return test[1].startswith(prefix)


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    def find_user_password(self, realm, authuri):
        user, password = super().find_user_password(realm, authuri)
        return (user, password) if user is not None else super().find_user_password(None, authuri)


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    def __init__(self):
        self.authenticated = {}
        super().__init__()

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        self.update_authenticated(uri, is_authenticated)
        if realm is not None:
            super().add_password(None, uri, user, passwd)
        super().add_password(realm, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        for u in [uri] if isinstance(uri, str) else uri:
            for default_port in (True, False):
                self.authenticated[self.reduce_uri(u, default_port)] = is_authenticated

    def is_authenticated(self, authuri):
        for default_port in (True, False):
            reduced = self.reduce_uri(authuri, default_port)
            for uri, known in self.authenticated.items():
                if self.is_suburi(uri, reduced):
                    return known


class AbstractBasicAuthHandler:
    _CHALLENGE = re.compile("(?:^|,)[ \t]*([^ \t,]+)[ \t]+realm=([\"']?)([^\"']*)\\2", re.I)

    def __init__(self, password_mgr=None):
        self.passwd = password_mgr or HTTPPasswordMgr()
        self.add_password = self.passwd.add_password

    def http_error_auth_reqed(self, authreq, host, req, headers):
        challenges = headers.get_all(authreq)
        if not challenges:
            return None
        unsupported = None
        for header in challenges:
            for match in self._CHALLENGE.finditer(header):
                scheme, _, realm = match.groups()
                if scheme.lower() == "basic":
                    return self.retry_http_basic_auth(host, req, realm)
                unsupported = scheme
        if unsupported is not None:
            raise ValueError(f"AbstractBasicAuthHandler does not support the following scheme: {unsupported!r}")
        return None

    def retry_http_basic_auth(self, host, req, realm):
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        auth = "Basic " + _base64(f"{user}:{password}")
        if req.get_header(self.auth_header, None) == auth:
            # It was sent and refused.
            return None
        req.add_unredirected_header(self.auth_header, auth)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        if not hasattr(self.passwd, "is_authenticated") or not self.passwd.is_authenticated(req.full_url):
            return req
        if not req.has_header("Authorization"):
            user, password = self.passwd.find_user_password(None, req.full_url)
            req.add_unredirected_header("Authorization", "Basic " + _base64(f"{user}:{password}"))
        return req

    https_request = http_request


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    auth_header = "Authorization"

    def http_error_401(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("www-authenticate", req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    auth_header = "Proxy-authorization"

    def http_error_407(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)


class AbstractHTTPHandler(BaseHandler):
    def __init__(self, debuglevel=None):
        self._debuglevel = http.client.HTTPConnection.debuglevel if debuglevel is None else debuglevel

    def set_http_debuglevel(self, level):
        self._debuglevel = level

    def do_request_(self, request):
        host = request.host
        if not host:
            raise URLError("no host given")
        data = request.data
        if data is not None:
            if isinstance(data, str):
                raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
            if not request.has_header("Content-type"):
                request.add_unredirected_header("Content-type", "application/x-www-form-urlencoded")
            if not request.has_header("Content-length") and not request.has_header("Transfer-encoding"):
                length = http.client.HTTPConnection._get_content_length(data, request.get_method())
                if length is not None:
                    request.add_unredirected_header("Content-length", str(length))
                else:
                    request.add_unredirected_header("Transfer-encoding", "chunked")
        if request.has_proxy():
            host = _splithost(_splittype(request.selector)[1])[0]
        if not request.has_header("Host"):
            request.add_unredirected_header("Host", host)
        for name, value in self.parent.addheaders:
            name = name.capitalize()
            if not request.has_header(name):
                request.add_unredirected_header(name, value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        """Return an HTTPResponse object for the request, using http_class."""
        host = req.host
        if not host:
            raise URLError("no host given")
        connection = http_class(host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = dict(req.unredirected_hdrs)
        headers.update({name: value for name, value in req.headers.items() if name not in headers})
        # One request a connection.
        headers["Connection"] = "close"
        headers = {name.title(): value for name, value in headers.items()}
        if req._tunnel_host:
            tunnel_headers = {}
            if "Proxy-Authorization" in headers:
                # It is for the proxy only.
                tunnel_headers["Proxy-Authorization"] = headers.pop("Proxy-Authorization")
            connection.set_tunnel(req._tunnel_host, headers=tunnel_headers)
        try:
            try:
                connection.request(req.get_method(), req.selector or "/", req.data, headers,
                                   encode_chunked=req.has_header("Transfer-encoding"))
            except OSError as failure:
                raise URLError(failure)
            response = connection.getresponse()
        except:
            connection.close()
            raise
        if connection.sock:
            # The response goes on with the file it made.
            connection.sock.close()
            connection.sock = None
        response.url = req.get_full_url()
        # By old custom, msg is the reason here, not the headers.
        response.msg = response.reason
        return response


class HTTPHandler(AbstractHTTPHandler):
    def http_open(self, req):
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


class HTTPSHandler(AbstractHTTPHandler):
    def __init__(self, debuglevel=None, context=None, check_hostname=None):
        super().__init__(debuglevel)
        if check_hostname is not None and context is not None:
            context.check_hostname = check_hostname
        self._context = context

    def https_open(self, req):
        return self.do_open(http.client.HTTPSConnection, req, context=self._context)

    https_request = AbstractHTTPHandler.do_request_


class HTTPCookieProcessor(BaseHandler):
    def __init__(self, cookiejar=None):
        import http.cookiejar
        self.cookiejar = http.cookiejar.CookieJar() if cookiejar is None else cookiejar

    def http_request(self, request):
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request = http_request
    https_response = http_response


class UnknownHandler(BaseHandler):
    def unknown_open(self, req):
        raise URLError(f"unknown url type: {req.type}")


class FileHandler(BaseHandler):
    names = None

    def file_open(self, req):
        url = req.selector
        if url[:2] == "//" and url[2:3] != "/" and req.host and req.host != "localhost":
            raise URLError("file:// scheme is supported only on localhost")
        return self.open_local_file(req)

    def get_names(self):
        if FileHandler.names is None:
            FileHandler.names = ("127.0.0.1",)
        return FileHandler.names

    def open_local_file(self, req):
        import mimetypes
        name = url2pathname(req.selector)
        try:
            facts = os.stat(name)
            content_type = mimetypes.guess_type(name)[0]
            headers = http.client.HTTPMessage()
            headers["Content-type"] = content_type or "text/plain"
            headers["Content-length"] = str(facts.st_size)
            headers["Last-modified"] = email.utils.formatdate(facts.st_mtime, usegmt=True)
            if not req.host or req.host in ("localhost", *self.get_names()):
                origin = "file://" + (req.host or "") + name
                return addinfourl(open(name, "rb"), headers, origin)
        except OSError as failure:
            raise URLError(failure)
        raise URLError("file not on local host")


class DataHandler(BaseHandler):
    def data_open(self, req):
        # data:[<type>][;base64],<data>
        _, rest = req.full_url.split(":", 1)
        media_type, data = rest.split(",", 1)
        data = unquote_to_bytes(data)
        if media_type.endswith(";base64"):
            import base64
            data = base64.decodebytes(data)
            media_type = media_type[:-7]
        headers = http.client.HTTPMessage()
        headers["Content-type"] = media_type or "text/plain;charset=US-ASCII"
        headers["Content-length"] = str(len(data))
        return addinfourl(io.BytesIO(data), headers, req.full_url)


def url2pathname(pathname):
    """OS-specific conversion from a relative URL of the 'file' scheme to a file system path; not recommended for general use."""
    if pathname[:3] == "///":
        pathname = pathname[2:]
    elif pathname[:12] == "//localhost/":
        pathname = pathname[11:]
    return unquote(pathname)


def pathname2url(pathname):
    """OS-specific conversion from a file system path to a relative URL of the 'file' scheme; not recommended for general use."""
    if pathname[:2] == "//":
        pathname = "//" + pathname
    return quote(pathname)


def getproxies_environment():
    """Return a dictionary of scheme -> proxy server URL mappings, from the variables <scheme>_proxy."""
    proxies = {}
    for name, value in os.environ.items():
        if len(name) > 6 and name[-6:].lower() == "_proxy" and value:
            proxies[name[:-6].lower()] = value
    if "REQUEST_METHOD" in os.environ:
        # In a CGI script the variable comes from the client.
        proxies.pop("http", None)
    for name, value in os.environ.items():
        if name.endswith("_proxy"):
            # Names in small letters win.
            if value:
                proxies[name[:-6].lower()] = value
            else:
                proxies.pop(name[:-6].lower(), None)
    return proxies


getproxies = getproxies_environment


def proxy_bypass_environment(host, proxies=None):
    """Test if proxies should not be used for a particular host."""
    proxies = getproxies_environment() if proxies is None else proxies
    no_proxy = proxies.get("no")
    if not no_proxy:
        return False
    if no_proxy == "*":
        return True
    host = host.lower()
    bare = _splitport(host)[0]
    for name in map(str.strip, no_proxy.split(",")):
        if name:
            name = name.lstrip(".").lower()
            if name in (bare, host) or bare.endswith("." + name) or host.endswith("." + name):
                return True
    return False


proxy_bypass = proxy_bypass_environment
