class ByBool:
    def __bool__(self): print("bool"); return False
    def __len__(self): return 5
class ByLen:
    def __init__(self, n): self.n = n
    def __len__(self): print("len"); return self.n
class Neither: pass
print(bool(ByBool()), bool(ByLen(0)), bool(ByLen(2)), bool(Neither()))
print("yes" if ByLen(0) else "no", not ByLen(3), len(ByLen(7)))
class BadBool:
    def __bool__(self): return 1
class BadLen:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
for action in (
    lambda: bool(BadBool()),
    lambda: len(BadLen(-1)),
    lambda: len(BadLen("x")),
    lambda: len(BadLen(2 ** 70)),
    lambda: bool(BadLen(-1)),
    lambda: len(Neither()),
    lambda: len(5),
):
    try:
        action()
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
