# One place in the code sees instances with different attributes in different orders.
class C: pass
def make(order):
    c = C()
    for name in order:
        setattr(c, name, name.upper())
    return c
objects = [make(o) for o in ("ab", "ba", "abc", "cab", "a", "xyza")]
print([o.a for o in objects], [sorted(vars(o)) for o in objects], [list(vars(o)) for o in objects])
for o in objects:
    o.a = 0
print(sum(o.a for o in objects))
del objects[0].a
print([getattr(o, "a", None) for o in objects])
