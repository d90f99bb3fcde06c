# A bound method of a built-in type, kept in a variable, gets its self once, whatever kind of native it is.
import socket

listener = socket.create_server(("127.0.0.1", 0))
client = socket.socket()
connect, accept = client.connect, listener.accept
print(connect(listener.getsockname()))
server, _ = accept()
send = server.send
print(send(b"hello"))
receive = client.recv
print(receive(10), [1, 2].__contains__(2))
for each in (server, client, listener):
    each.close()
