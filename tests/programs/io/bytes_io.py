import io
b = io.BytesIO(b"abc\ndef")
print(b.read(2), b.readline(), b.tell(), b.read(), b.getvalue(), b.seek(0), list(b))
b.seek(1); b.write(b"XYZ"); print(b.getvalue(), b.getbuffer().nbytes)
try:
    b.write("x")
except TypeError as error:
    print(error)
t = io.TextIOWrapper(io.BytesIO("é\nx".encode()), encoding="utf-8")
print(t.readlines())
