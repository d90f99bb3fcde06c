"""What goes wrong on a network, on loopback: the port in use, refused, reset, cut short, too late, an unknown name."""
import errno
import http.client
import socket
import struct
import threading
import urllib.error
import urllib.request


def attempt(what, function, *args, **kwargs):
    try:
        print(what, "gave", function(*args, **kwargs))
    except Exception as error:
        cause = getattr(error, "reason", None)
        number = getattr(error, "errno", None)
        print(what, type(error).__name__, errno.errorcode.get(number, number), type(cause).__name__ if cause else "")


server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
base = f"http://127.0.0.1:{port}/"
free = socket.create_server(("127.0.0.1", 0))
closed = free.getsockname()[1]
free.close()

attempt("in use", socket.create_server, ("127.0.0.1", port))
attempt("refused", socket.create_connection, ("127.0.0.1", closed))
attempt("refused by urlopen", urllib.request.urlopen, f"http://127.0.0.1:{closed}/")
attempt("unknown name", urllib.request.urlopen, "http://no-such-host.invalid/")
attempt("no answer", urllib.request.urlopen, base, timeout=0.05)
server.accept()[0].close()
attempt("not allowed", socket.create_server, ("203.0.113.1", 0))


def answer(data, reset=False):
    """Serves one connection: reads a request, sends this, ends."""
    def serve():
        connection, _ = server.accept()
        connection.recv(65536)
        connection.sendall(data)
        if reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def read():
    with urllib.request.urlopen(base, timeout=5) as response:
        return response.read()


for what, data, reset in (
    ("nothing", b"", False),
    ("half a head", b"HTTP/1.1 200", False),
    ("no HTTP", b"220 mail.example ESMTP\r\n", False),
    ("cut short", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", False),
    ("cut chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc", False),
    ("bad chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", False),
    ("reset", b"", True),
    ("server error", b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", False),
    ("redirected in a circle", b"HTTP/1.1 302 Found\r\nLocation: foo://x\r\nContent-Length: 0\r\n\r\n", False),
):
    thread = answer(data, reset)
    attempt(what, read)
    thread.join()

thread = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
attempt("and well", read)
thread.join()

connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
attempt("out of turn", connection.getresponse)
left, right = socket.socketpair()
right.close()
attempt("broken pipe", left.sendall, b"x" * 10)
left.close()
attempt("closed", left.recv, 1)
