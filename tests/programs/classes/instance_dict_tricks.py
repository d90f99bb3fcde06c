class C: pass
c = C()
c.__dict__["a b"] = 1
print(getattr(c, "a b"), vars(c))
c.__dict__ = {"new": 2}
print(c.new, hasattr(c, "a b"))
try:
    c.__dict__ = 5
except TypeError as error:
    print(error)
d = c.__dict__
c.later = 3
print(d)
d["via"] = 4
print(c.via)
for n in range(30):
    setattr(c, f"attr{n}", n)
for n in range(0, 30, 2):
    delattr(c, f"attr{n}")
print(list(c.__dict__))
