"""HTTP server classes.

A handler reads a request, calls its method `do_GET`, `do_POST` and so on, and goes on with the next request of the connection
when it is kept alive. SimpleHTTPRequestHandler serves the files of a folder.
Source: Standard Library, "http.server"; RFC 9112.
"""

import email.utils
import html
import http.client
import io
import mimetypes
import os
import posixpath
import socket
import socketserver
import sys
import time
import urllib.parse
from http import HTTPStatus

__version__ = "0.6"

__all__ = ["HTTPServer", "ThreadingHTTPServer", "BaseHTTPRequestHandler", "SimpleHTTPRequestHandler"]

DEFAULT_ERROR_MESSAGE = """\
<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
"""

DEFAULT_ERROR_CONTENT_TYPE = "text/html;charset=utf-8"


class HTTPServer(socketserver.TCPServer):
    allow_reuse_address = True

    def server_bind(self):
        """Override server_bind to store the server name."""
        socketserver.TCPServer.server_bind(self)
        host, port = self.server_address[:2]
        self.server_name = socket.getfqdn(host)
        self.server_port = port


class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    """HTTP request handler base class: a method do_SPAM for each command SPAM."""

    sys_version = "Python/" + sys.version.split()[0]
    server_version = "BaseHTTP/" + __version__
    error_message_format = DEFAULT_ERROR_MESSAGE
    error_content_type = DEFAULT_ERROR_CONTENT_TYPE
    # Assumed of requests that do not say.
    default_request_version = "HTTP/0.9"
    protocol_version = "HTTP/1.0"
    MessageClass = http.client.HTTPMessage
    responses = {status: (status.phrase, status.description) for status in HTTPStatus.__members__.values()}

    weekdayname = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    monthname = [None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    def parse_request(self):
        """Parse a request (internal).

        The request should be stored in self.raw_requestline; the results are in self.command, self.path,
        self.request_version and self.headers. Return True for success, False for failure; on failure, an error is sent back.
        """
        self.command = None
        self.request_version = version = self.default_request_version
        self.close_connection = True
        line = str(self.raw_requestline, "iso-8859-1").rstrip("\r\n")
        self.requestline = line
        words = line.split()
        if not words:
            return False
        if len(words) >= 3:
            version = words[-1]
            number = self._version_number(version)
            if number is None:
                self.send_error(HTTPStatus.BAD_REQUEST, f"Bad request version ({version!r})")
                return False
            if number >= (1, 1) and self.protocol_version >= "HTTP/1.1":
                self.close_connection = False
            if number >= (2, 0):
                base = version.partition("/")[2]
                self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, f"Invalid HTTP version ({base})")
                return False
            self.request_version = version
        if not 2 <= len(words) <= 3:
            self.send_error(HTTPStatus.BAD_REQUEST, f"Bad request syntax ({line!r})")
            return False
        command, path = words[:2]
        if len(words) == 2:
            self.close_connection = True
            if command != "GET":
                self.send_error(HTTPStatus.BAD_REQUEST, f"Bad HTTP/0.9 request type ({command!r})")
                return False
        self.command, self.path = command, path
        # A path that begins with two slashes would be taken for a host when it is sent back.
        if self.path.startswith("//"):
            self.path = "/" + self.path.lstrip("/")
        try:
            self.headers = http.client.parse_headers(self.rfile, _class=self.MessageClass)
        except http.client.LineTooLong as failure:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Line too long", str(failure))
            return False
        except http.client.HTTPException as failure:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Too many headers", str(failure))
            return False
        connection = self.headers.get("Connection", "").lower()
        if connection == "close":
            self.close_connection = True
        elif connection == "keep-alive" and self.protocol_version >= "HTTP/1.1":
            self.close_connection = False
        expect = self.headers.get("Expect", "")
        if expect.lower() == "100-continue" and self.protocol_version >= "HTTP/1.1" and self.request_version >= "HTTP/1.1":
            if not self.handle_expect_100():
                return False
        return True

    @staticmethod
    def _version_number(version):
        """The numbers of a version such as HTTP/1.1; None when it is none."""
        if not version.startswith("HTTP/"):
            return None
        numbers = version[5:].split(".")
        if len(numbers) != 2 or not all(number.isdigit() and len(number) <= 10 for number in numbers):
            return None
        return int(numbers[0]), int(numbers[1])

    def handle_expect_100(self):
        """Decide what to do with an "Expect: 100-continue" header: send the go-ahead."""
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        return True

    def handle_one_request(self):
        """Handle a single HTTP request."""
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if len(self.raw_requestline) > 65536:
                self.requestline = self.request_version = self.command = ""
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
                return
            if not self.raw_requestline:
                self.close_connection = True
                return
            if not self.parse_request():
                # An error code has been sent, just exit.
                return
            method = getattr(self, "do_" + self.command, None)
            if method is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, f"Unsupported method ({self.command!r})")
                return
            method()
            self.wfile.flush()
        except TimeoutError as failure:
            self.log_error("Request timed out: %r", failure)
            self.close_connection = True

    def handle(self):
        """Handle multiple requests if necessary."""
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def send_error(self, code, message=None, explain=None):
        """Send and log an error reply."""
        short, long = self.responses.get(code, ("???", "???"))
        message = short if message is None else message
        explain = long if explain is None else explain
        self.log_error("code %d, message %s", code, message)
        self.send_response(code, message)
        self.send_header("Connection", "close")
        body = None
        if code >= 200 and code not in (HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED):
            # What came from the client is shown as text.
            page = self.error_message_format % {
                "code": code,
                "message": html.escape(message, quote=False),
                "explain": html.escape(explain, quote=False),
            }
            body = page.encode("UTF-8", "replace")
            self.send_header("Content-Type", self.error_content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and body:
            self.wfile.write(body)

    def send_response(self, code, message=None):
        """Add the response header to the headers buffer and log the response code."""
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header("Server", self.version_string())
        self.send_header("Date", self.date_time_string())

    def send_response_only(self, code, message=None):
        """Send the response header only."""
        if self.request_version == "HTTP/0.9":
            return
        if message is None:
            message = self.responses[code][0] if code in self.responses else ""
        self._buffered_head().append(f"{self.protocol_version} {code:d} {message}\r\n".encode("latin-1", "strict"))

    def _buffered_head(self):
        if not hasattr(self, "_headers_buffer"):
            self._headers_buffer = []
        return self._headers_buffer

    def send_header(self, keyword, value):
        """Send a MIME header to the headers buffer."""
        if self.request_version != "HTTP/0.9":
            self._buffered_head().append(f"{keyword}: {value}\r\n".encode("latin-1", "strict"))
        if keyword.lower() == "connection":
            if value.lower() == "close":
                self.close_connection = True
            elif value.lower() == "keep-alive":
                self.close_connection = False

    def end_headers(self):
        """Send the blank line ending the MIME headers."""
        if self.request_version != "HTTP/0.9":
            self._buffered_head().append(b"\r\n")
            self.flush_headers()

    def flush_headers(self):
        if hasattr(self, "_headers_buffer"):
            self.wfile.write(b"".join(self._headers_buffer))
            self._headers_buffer = []

    def log_request(self, code="-", size="-"):
        """Log an accepted request.

        This is called by send_response().
        """
        if isinstance(code, HTTPStatus):
            code = code.value
        self.log_message('"%s" %s %s', self.requestline, str(code), str(size))

    def log_error(self, format, *args):
        """Log an error.

        This is called when a request cannot be fulfilled.
        """
        self.log_message(format, *args)

    # Control characters in a log could drive the reader's terminal.
    _control_char_table = str.maketrans({c: rf"\x{c:02x}" for c in [*range(0x20), *range(0x7F, 0xA0)]})
    _control_char_table[ord("\\")] = r"\\"

    def log_message(self, format, *args):
        """Log an arbitrary message: the client's address and the time go in front."""
        message = (format % args).translate(self._control_char_table)
        sys.stderr.write(f"{self.address_string()} - - [{self.log_date_time_string()}] {message}\n")

    def version_string(self):
        """Return the server software version string."""
        return self.server_version + " " + self.sys_version

    def date_time_string(self, timestamp=None):
        """Return the current date and time formatted for a message header."""
        return email.utils.formatdate(time.time() if timestamp is None else timestamp, usegmt=True)

    def log_date_time_string(self):
        """Return the current time formatted for logging."""
        now = time.localtime(time.time())
        return "%02d/%3s/%04d %02d:%02d:%02d" % (
            now.tm_mday, self.monthname[now.tm_mon], now.tm_year, now.tm_hour, now.tm_min, now.tm_sec)

    def address_string(self):
        """Return the client address."""
        return self.client_address[0]


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    """Simple HTTP request handler with GET and HEAD commands: serves files from a folder and what is below."""

    server_version = "SimpleHTTP/" + __version__
    index_pages = ("index.html", "index.htm")
    extensions_map = _encodings_map_default = {
        ".gz": "application/gzip",
        ".Z": "application/octet-stream",
        ".bz2": "application/x-bzip2",
        ".xz": "application/x-xz",
    }

    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.fspath(os.getcwd() if directory is None else directory)
        super().__init__(*args, **kwargs)

    def do_GET(self):
        """Serve a GET request."""
        file = self.send_head()
        if file:
            try:
                self.copyfile(file, self.wfile)
            finally:
                file.close()

    def do_HEAD(self):
        """Serve a HEAD request."""
        file = self.send_head()
        if file:
            file.close()

    def send_head(self):
        """Send the response code and headers; give the file to be copied, or None when there is nothing more to do."""
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            parts = urllib.parse.urlsplit(self.path)
            if not parts.path.endswith("/"):
                # Relative links of the page are meant from inside the folder.
                new = urllib.parse.urlunsplit((parts[0], parts[1], parts[2] + "/", parts[3], parts[4]))
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", new)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return None
            for index in self.index_pages:
                page = os.path.join(path, index)
                if os.path.isfile(page):
                    path = page
                    break
            else:
                return self.list_directory(path)
        content_type = self.guess_type(path)
        # A file's name does not end with a slash.
        if path.endswith("/"):
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        try:
            file = open(path, "rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        try:
            facts = os.fstat(file.fileno())
            if self._is_unchanged(facts):
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.end_headers()
                file.close()
                return None
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-type", content_type)
            self.send_header("Content-Length", str(facts.st_size))
            self.send_header("Last-Modified", self.date_time_string(facts.st_mtime))
            self.end_headers()
            return file
        except:
            file.close()
            raise

    def _is_unchanged(self, facts):
        since = self.headers.get("If-Modified-Since")
        if since is None or "If-None-Match" in self.headers:
            return False
        parsed = email.utils.parsedate_tz(since)
        return parsed is not None and int(facts.st_mtime) <= email.utils.mktime_tz(parsed)

    def list_directory(self, path):
        """Helper to produce a directory listing: a file with the page."""
        try:
            names = os.listdir(path)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "No permission to list directory")
            return None
        names.sort(key=str.lower)
        shown = self.path.split("#", 1)[0].split("?", 1)[0]
        try:
            shown = urllib.parse.unquote(shown, errors="surrogatepass")
        except UnicodeDecodeError:
            shown = urllib.parse.unquote(shown)
        title = f"Directory listing for {html.escape(shown, quote=False)}"
        lines = [
            "<!DOCTYPE HTML>", '<html lang="en">', "<head>", '<meta charset="utf-8">', f"<title>{title}</title>", "</head>",
            f"<body>\n<h1>{title}</h1>", "<hr>\n<ul>",
        ]
        for name in names:
            full = os.path.join(path, name)
            label = link = name
            if os.path.isdir(full):
                label = link = name + "/"
            if os.path.islink(full):
                label = name + "@"
            link = urllib.parse.quote(link, errors="surrogatepass")
            lines.append(f'<li><a href="{link}">{html.escape(label, quote=False)}</a></li>')
        lines.append("</ul>\n<hr>\n</body>\n</html>\n")
        page = "\n".join(lines).encode("utf-8", "surrogateescape")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)

    def translate_path(self, path):
        """Translate a /-separated PATH to the local filename syntax; nothing above the folder can be named."""
        path = path.split("#", 1)[0].split("?", 1)[0]
        is_folder = path.rstrip().endswith("/")
        try:
            path = urllib.parse.unquote(path, errors="surrogatepass")
        except UnicodeDecodeError:
            path = urllib.parse.unquote(path)
        found = self.directory
        for word in filter(None, posixpath.normpath(path).split("/")):
            if os.path.dirname(word) or word in (os.curdir, os.pardir):
                continue
            found = os.path.join(found, word)
        return found + "/" if is_folder else found

    def copyfile(self, source, outputfile):
        """Copy all data between two file objects."""
        while block := source.read(65536):
            outputfile.write(block)

    def guess_type(self, path):
        """Guess the type of a file by its name."""
        extension = posixpath.splitext(path)[1]
        for known in (extension, extension.lower()):
            if known in self.extensions_map:
                return self.extensions_map[known]
        guess, _ = mimetypes.guess_type(path)
        return guess or "application/octet-stream"


def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol="HTTP/1.0", port=8000, bind=None):
    """Test the HTTP request handler class.

    This runs an HTTP server on port 8000 (or the port argument).
    """
    infos = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    ServerClass.address_family, _, _, _, address = infos[0]
    HandlerClass.protocol_version = protocol
    with ServerClass(address, HandlerClass) as server:
        host, port = server.socket.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving HTTP on {host} port {port} (http://{shown}:{port}/) ...")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nKeyboard interrupt received, exiting.")
            sys.exit(0)


def _main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("-b", "--bind", metavar="ADDRESS", help="bind to this address (default: all interfaces)")
    parser.add_argument("-d", "--directory", default=os.getcwd(), help="serve this directory (default: current directory)")
    parser.add_argument("-p", "--protocol", metavar="VERSION", default="HTTP/1.0",
                        help="conform to this HTTP version (default: %(default)s)")
    parser.add_argument("port", default=8000, type=int, nargs="?", help="bind to this port (default: %(default)s)")
    args = parser.parse_args()

    class Server(ThreadingHTTPServer):
        def finish_request(self, request, client_address):
            self.RequestHandlerClass(request, client_address, self, directory=args.directory)

    test(SimpleHTTPRequestHandler, Server, args.protocol, args.port, args.bind)


if __name__ == "__main__":
    _main()
