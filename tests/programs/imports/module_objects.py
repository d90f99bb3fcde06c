import types, sys
m = types.ModuleType("made", "its doc")
m.x = 1
sys.modules["made"] = m
import made
from made import x
print(made is m, x, m.__doc__, repr(m), m.__dict__["x"])
exec("def f(): return x + 1", m.__dict__)
print(made.f())
sys.modules["blocked"] = None
try:
    import blocked
except ModuleNotFoundError as error:
    print(error)
