# allows: OK
# Natives that take from an endless iterator, or make much from a number.
import itertools
import struct

# Less is left than the limit, so that it is used up sooner.
kept = bytearray(2 ** 29)

thunks = [
    lambda: list(itertools.repeat(1)),
    lambda: tuple(range(2 ** 40)),
    lambda: [0] * 2 ** 29,
    lambda: (0,) * 2 ** 29,
    lambda: "a" * 2 ** 31,
    lambda: b"a" * 2 ** 31,
    lambda: bytearray(2 ** 31),
    lambda: f"{1:{2 ** 31}}",
    lambda: f"{'':{2 ** 31}}",
    lambda: f"{1.5:.{2 ** 31 - 1}f}",
    lambda: "%*d" % (2 ** 31 - 1, 1),
    lambda: "%.*d" % (2 ** 31 - 1, 1),
    lambda: "".ljust(2 ** 31),
    lambda: b"".center(2 ** 31),
    lambda: ("x" * 2 ** 20).replace("x", "y" * 2 ** 11),
    lambda: (b"x" * 2 ** 20).replace(b"x", b"y" * 2 ** 11),
    lambda: ("x" * 2 ** 10).join(["y"] * 2 ** 21),
    lambda: (b"x" * 2 ** 10).join([b"y"] * 2 ** 21),
    lambda: struct.pack(f"{2 ** 31}x"),
]
ended = 0
for thunk in thunks:
    try:
        thunk()
    except MemoryError:
        ended += 1
assert ended == len(thunks)
