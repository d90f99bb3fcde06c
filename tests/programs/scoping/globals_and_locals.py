def f(a):
    b = 2
    before = sorted(locals())
    c = 3
    return before, sorted(locals())
print(f(1))
globals()["dynamic"] = 42
print(dynamic, "f" in globals(), globals() is locals())
class C:
    a = 1
    seen = sorted(k for k in locals() if not k.startswith("__"))
print(C.seen)
def g():
    x = 1
    snapshot = locals()
    snapshot["x"] = 99
    return x, locals()["x"]
print(g())
