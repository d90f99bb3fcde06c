class C:
    x = 1
    @property
    def broken(self): raise ValueError("from property")
    @property
    def absent(self): raise AttributeError("hidden")
c = C()
print(getattr(c, "x"), getattr(c, "y", None), hasattr(c, "x"), hasattr(c, "absent"), getattr(c, "absent", "default"))
setattr(c, "n", 5)
print(c.n)
delattr(c, "n")
for action in (
    lambda: hasattr(c, "broken"),
    lambda: getattr(c, "nope"),
    lambda: getattr(c, 5),
    lambda: setattr(c, 5, 1),
    lambda: delattr(c, "nope"),
    lambda: hasattr(c, None),
):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
