a = bytearray(b"hello")
a[0] = 72; a.append(33); a.extend(b"??"); a.insert(1, 69)
print(a, a.pop(), a.pop(0), len(a), a)
a[1:3] = b"XYZ"; del a[0]; a += b"+"; a *= 2
for expression in """
a
a.remove(88)
a
a.index(b"+")
a.count(b"Y")
a == bytes(a)
a.reverse()
a
""".strip().splitlines():
    print(expression, "->", eval(expression))
a.clear(); print(a, bool(a), bytearray(3), bytearray([1, 2]), bytearray("é", "utf-8"), bytearray(b"x") + b"y", type(b"x" + bytearray(b"y")).__name__, a.copy() is a)
c = bytearray(b"abcdef"); c[::2] = b"ACE"; print(c, c[1:4], c.hex(), c.decode(), c.upper(), list(c[:2]))
for action in (
    lambda: bytearray(b"a").append(256),
    lambda: bytearray(b"a").append("x"),
    lambda: bytearray().pop(),
    lambda: bytearray(b"a").remove(5),
    lambda: hash(bytearray()),
    lambda: bytearray(b"a").extend([1, 300]),
    lambda: bytearray("x"),
):
    try:
        action()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
