b = b"hello\x00\xff"
for expression in r"""
b
b[0]
b[-1]
b[1:3]
b[::-1]
list(b)
len(b)
104 in b
b"ell" in b
b + b"!"
b * 2
b == b"hello\x00\xff"
b"a" < b"b"
hash(b"a") == hash(b"a")
bytes(3)
bytes([1, 2, 255])
bytes("é", "utf-8")
bytes(b"copy")
bytes()
bytes(range(5))
bytes(i for i in (65, 66))
b"".join([b"a", b"b"])
bytes.fromhex("00 ff 4A")
b"\x01\xab".hex()
b"\x01\xab\xcd".hex(":")
b"\x01\xab\xcd".hex("-", 2)
""".strip().splitlines():
    print(expression, "->", eval(expression))
for action in (
    lambda: bytes([256]),
    lambda: bytes([-1]),
    lambda: bytes("x"),
    lambda: bytes(-1),
    lambda: b"a" + "b",
    lambda: b[10],
    lambda: bytes(["a"]),
    lambda: bytes(1.5),
    lambda: bytes.fromhex("0g"),
    lambda: "a" in b,
    lambda: 256 in b,
    lambda: b"a".join(["b"]),
    lambda: bytes("é", "ascii"),
    lambda: bytes(5, "utf-8"),
):
    try:
        print(action())
    except (ValueError, TypeError, IndexError, UnicodeError) as error:
        print(type(error).__name__, error)
try:
    b[0] = 1
except TypeError as error:
    print(error)
