for n, size in (1, 2), (255, 1), (65535, 3), (0, 0), (0, 1), (2 ** 64, 9):
    print(n, n.to_bytes(size, "big"), n.to_bytes(size, "little"), int.from_bytes(n.to_bytes(size, "big"), "big") == n)
for expression in r"""
(-1).to_bytes(2, "big", signed=True)
(-129).to_bytes(2, "little", signed=True)
(5).to_bytes()
int.from_bytes(b"\xff\xfe", "big", signed=True)
int.from_bytes([1, 2], "little")
int.from_bytes(b"")
int.from_bytes(b"\x80", signed=True)
""".strip().splitlines():
    print(expression, "->", eval(expression))
for action in (
    lambda: (256).to_bytes(1, "big"),
    lambda: (-1).to_bytes(1, "big"),
    lambda: (1).to_bytes(-1, "big"),
    lambda: (1).to_bytes(1, "middle"),
    lambda: (128).to_bytes(1, "big", signed=True),
    lambda: int.from_bytes("x", "big"),
):
    try:
        action()
    except (OverflowError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
