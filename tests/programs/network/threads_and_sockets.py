"""A thread that waits for a socket keeps no other from running."""
import socket
import threading
import time

server = socket.create_server(("127.0.0.1", 0))
ticks = []
stop = threading.Event()


def tick():
    while not stop.is_set():
        ticks.append(1)
        time.sleep(0.001)


def serve():
    while True:
        connection, _ = server.accept()
        data = connection.recv(4)
        if data == b"quit":
            connection.close()
            return
        threading.Thread(target=answer, args=(connection, data)).start()


def answer(connection, data):
    with connection, connection.makefile("rwb") as file:
        for line in file:
            file.write(data + b" " + line)
            file.flush()


ticker = threading.Thread(target=tick)
ticker.start()
acceptor = threading.Thread(target=serve)
acceptor.start()
clients = []
for number in range(5):
    client = socket.create_connection(server.getsockname())
    client.sendall(b"c%03d" % number)
    clients.append((client, client.makefile("rw", newline="\n")))
for turn in range(3):
    for _, file in clients:
        print(f"turn {turn}", file=file, flush=True)
    print([file.readline() for _, file in clients])
for client, file in clients:
    file.close()
    client.close()
before = len(ticks)
a, b = socket.socketpair()
a.settimeout(0.05)
try:
    a.recv(1)
except TimeoutError as error:
    print(error)
print(len(ticks) > before)
with socket.create_connection(server.getsockname()) as client:
    client.sendall(b"quit")
acceptor.join()
stop.set()
ticker.join()

# Both sides of a pair, with more than fits into the system's buffers.
received = []
reader = threading.Thread(target=lambda: received.append(sum(len(part) for part in iter(lambda: b.recv(65536), b""))))
reader.start()
a.settimeout(None)
a.sendall(bytes(3_000_000))
a.close()
reader.join()
print(received)
