class I:
    def __index__(self): return 2
class N:
    def __int__(self): return 7
    def __float__(self): return 1.5
    def __complex__(self): return 1j
    def __trunc__(self): return 8
print([10, 20, 30][I()], "abc"[I():], range(5)[I()], int(I()), hex(I()), bin(I()), "x" * I(), float(I()), chr(I()) == "\x02", list(range(I())))
print(int(N()), float(N()), complex(N()))
class Bad:
    def __index__(self): return "two"
    def __int__(self): return 1.5
    def __float__(self): return 1
one, abc, pair = [1], "abc", (1, 2)
for action in (
    lambda: [1][Bad()],
    lambda: int(Bad()),
    lambda: float(Bad()),
    lambda: [1][N()],
    lambda: range(N()),
    lambda: one["a"],
    lambda: abc[1.0],
    lambda: pair[None],
):
    try:
        action()
    except TypeError as error:
        print(error)
