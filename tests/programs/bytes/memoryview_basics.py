m = memoryview(bytearray(b"abcdef"))
for expression in """
m[0]
m[1:3].tobytes()
len(m)
m.tolist()[:2]
m.readonly
m.nbytes
m.itemsize
m.format
bytes(m[::2])
m == b"abcdef"
m[-1]
""".strip().splitlines():
    print(expression, "->", eval(expression))
m[0] = 65; m[1:3] = b"XY"
print(m.obj, m.tobytes())
r = memoryview(b"ro")
try:
    r[0] = 1
except TypeError as error:
    print(error)
m.release()
try:
    m[0]
except ValueError as error:
    print(error)
with memoryview(b"x") as v: print(v.tolist())
