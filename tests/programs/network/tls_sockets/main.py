"""TLS between two threads: what is agreed upon, what is refused, and how it ends."""
import os
import socket
import ssl
import threading

here = os.path.dirname(os.path.abspath(__file__))
cert, key = os.path.join(here, "cert.pem"), os.path.join(here, "key.pem")

server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(cert, key)
server_context.set_alpn_protocols(["echo/1"])
listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()


def serve(count):
    for _ in range(count):
        connection, _ = listener.accept()
        try:
            with server_context.wrap_socket(connection, server_side=True) as secured:
                while data := secured.recv(100):
                    secured.sendall(data.upper())
        except (ssl.SSLError, ConnectionError):
            connection.close()


thread = threading.Thread(target=serve, args=(5,))
thread.start()

context = ssl.create_default_context(cafile=cert)
context.set_alpn_protocols(["echo/1"])
with socket.create_connection(address) as plain, context.wrap_socket(plain, server_hostname="localhost") as secured:
    print(secured.version(), secured.selected_alpn_protocol(), secured.server_hostname)
    secured.sendall(b"hello")
    print(secured.recv(100))
    certificate = secured.getpeercert()
    print(certificate["subject"], certificate["subjectAltName"], certificate["version"])
    print(len(secured.getpeercert(True)) > 200, secured.pending())
    secured.settimeout(0.01)
    try:
        secured.recv(1)
    except TimeoutError as error:
        print("timeout:", error)
    secured.setblocking(False)
    try:
        secured.recv(1)
    except ssl.SSLWantReadError as error:
        print(type(error).__name__, error.errno)
    secured.setblocking(True)
    big = os.urandom(100_000)
    received = b""
    sender = threading.Thread(target=secured.sendall, args=(big,))
    sender.start()
    while len(received) < len(big):
        received += secured.recv(65536)
    sender.join()
    print(received == big.upper())


def refused(context, name):
    try:
        with socket.create_connection(address) as plain, context.wrap_socket(plain, server_hostname=name):
            print("accepted")
    except ssl.SSLCertVerificationError as error:
        print(type(error).__name__, error.reason, error.verify_code, error.verify_message)
    except Exception as error:
        print(type(error).__name__, error)


refused(ssl.create_default_context(), "localhost")
refused(ssl.create_default_context(cafile=cert), "example.com")
loose = ssl.create_default_context()
loose.check_hostname = False
loose.verify_mode = ssl.CERT_NONE
refused(loose, "example.com")
refused(ssl.create_default_context(cafile=cert), "127.0.0.1")
thread.join()

# Something else than TLS at the other end.
def answer_plainly():
    connection, _ = listener.accept()
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    connection.close()


thread = threading.Thread(target=answer_plainly)
thread.start()
try:
    with socket.create_connection(address) as plain:
        context.wrap_socket(plain, server_hostname="localhost")
except ssl.SSLError as error:
    print(type(error).__name__, error.reason)
thread.join()


def end_at_once():
    listener.accept()[0].close()


thread = threading.Thread(target=end_at_once)
thread.start()
try:
    with socket.create_connection(address) as plain:
        context.wrap_socket(plain, server_hostname="localhost")
except (ssl.SSLEOFError, ConnectionResetError) as error:
    print("ended")
thread.join()
listener.close()

# In memory: two objects, four buffers.
to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
client = context.wrap_bio(to_client, to_server, server_hostname="localhost")
server = server_context.wrap_bio(to_server, to_client, server_side=True)
done = set()
for _ in range(5):
    for side in (client, server):
        try:
            side.do_handshake()
            done.add(side)
        except ssl.SSLWantReadError:
            pass
print(len(done), client.version() == server.version())
server.write(b"from the server")
print(client.read(100))
client.write(b"from the client")
print(server.read(4), server.pending(), server.read(100))
try:
    client.read(1)
except ssl.SSLWantReadError:
    print("nothing yet")
try:
    client.unwrap()
except ssl.SSLWantReadError:
    print("waits for the answer")
try:
    server.read(1)
except ssl.SSLZeroReturnError as error:
    print(type(error).__name__)

for wrong in (
    lambda: context.wrap_socket(socket.socket()),
    lambda: server_context.wrap_bio(to_server, to_client, server_hostname="x"),
    lambda: setattr(ssl.create_default_context(), "verify_mode", ssl.CERT_NONE),
    lambda: context.load_verify_locations(),
    lambda: context.load_cert_chain("nowhere.pem"),
    lambda: ssl.SSLSocket(),
    lambda: to_server.write("text"),
):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
print(ssl.PROTOCOL_TLS_CLIENT, repr(ssl.CERT_REQUIRED), repr(ssl.TLSVersion.TLSv1_3), issubclass(ssl.SSLError, OSError))
pem = ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert(open(cert).read()))
print(pem == open(cert).read(), ssl.cert_time_to_seconds("Jan  5 09:34:43 2018 GMT"))
