import io
s = io.StringIO()
print(s.write("one\n"), s.write("two\nthree"), s.tell(), s.getvalue())
s.seek(0)
print(repr(s.readline()), list(s), repr(s.read()))
s.seek(0); s.truncate(3); print(repr(s.getvalue()))
t = io.StringIO("start\nmore")
print(t.read(3), t.getvalue(), [line for line in t])
with io.StringIO() as w:
    print("printed", 1, file=w, sep="-")
    print(repr(w.getvalue()))
try:
    w.read()
except ValueError as error:
    print(error)
try:
    io.StringIO().write(b"x")
except TypeError as error:
    print(error)
