"""Names that are looked up on loopback, and one that nobody has."""
import socket

print(socket.gethostbyname("localhost"))
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
try:
    socket.getaddrinfo("no-such-host.invalid", 80)
except socket.gaierror as error:
    print(type(error).__name__, error.errno < 0, isinstance(error, OSError))
with socket.create_server(("localhost", 0)) as server:
    with socket.create_connection(("localhost", server.getsockname()[1])) as client:
        print(client.getpeername()[0])
