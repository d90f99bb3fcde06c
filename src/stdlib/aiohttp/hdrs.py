"""Names of HTTP headers and methods.

Source: the registries of RFC 9110.
"""

from multidict import istr

METH_ANY = "*"
for _name in ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"):
    globals()["METH_" + _name] = _name
METH_ALL = {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}

for _name in (
    "Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Access-Control-Allow-Credentials "
    "Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Allow-Origin "
    "Access-Control-Expose-Headers Access-Control-Max-Age Access-Control-Request-Headers Access-Control-Request-Method "
    "Age Allow Authorization Cache-Control Connection Content-Disposition Content-Encoding Content-Language "
    "Content-Length Content-Location Content-MD5 Content-Range Content-Transfer-Encoding Content-Type Cookie Date ETag "
    "Expect Expires Forwarded From Host If-Match If-Modified-Since If-None-Match If-Range If-Unmodified-Since "
    "Keep-Alive Last-Event-ID Last-Modified Link Location Max-Forwards Origin Pragma Proxy-Authenticate "
    "Proxy-Authorization Range Referer Retry-After Sec-WebSocket-Accept Sec-WebSocket-Extensions Sec-WebSocket-Key "
    "Sec-WebSocket-Protocol Sec-WebSocket-Version Server Set-Cookie TE Trailer Transfer-Encoding Upgrade User-Agent Vary "
    "Via WWW-Authenticate Warning X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto"
).split():
    globals()[_name.upper().replace("-", "_")] = istr(_name)
del _name
