# allows: OK
class S:
    __slots__ = tuple(f"s{i}" for i in range(500))
s = S()
for i in range(500):
    try:
        getattr(s, f"s{i}")
    except AttributeError:
        pass
    setattr(s, f"s{i}", s)
import copy
del s
print("fine")
