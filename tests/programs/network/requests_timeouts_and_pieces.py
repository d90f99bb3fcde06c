# needs: requests
"""requests: timeouts that are none, the pieces of a chunked body, and the functions that lie around."""
import http.server
import threading

import requests
import requests.utils


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Link", '<http://a/2>; rel="next"')
        self.send_header("Set-Cookie", "k=v; Path=/")
        self.end_headers()
        for piece in (b"ab", b"cdef"):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"
for timeout in ("x", (1, 2, 3), True, 0, (1, -1)):
    try:
        requests.get(url, timeout=timeout)
    except ValueError as error:
        print(error)
for size in (1, 3, 100):
    print(list(requests.get(url, stream=True).iter_content(size)))
response = requests.get(url)
print(response.content, response.links, requests.utils.dict_from_cookiejar(response.cookies))
print(requests.utils.quote("a b/ü"), requests.utils.unquote("%20"), requests.utils.urlparse("http://a/b").path)
print(requests.compat.urljoin("http://a/b/", "c"), requests.utils.default_user_agent()[:16])
print(requests.utils.requote_uri("http://a/b c%20d?e=ü"), requests.utils.get_auth_from_url("http://u:p%40@h/"))
print(requests.utils.add_dict_to_cookiejar(requests.cookies.RequestsCookieJar(), {"a": "1"}).get_dict())
print(requests.utils.parse_header_links('<http://a>; rel=next; type="x", <http://b>'))
server.shutdown()
