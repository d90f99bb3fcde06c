def gen():
    yield

g = gen()
g.__name__ = "renamed"
g.__qualname__ = "a.b.renamed"
print(g.__name__, g.__qualname__)
print(repr(g).split(" at ")[0])
for attribute, value in ("__name__", 5), ("__qualname__", None), ("gi_running", True), ("gi_frame", 1):
    try:
        setattr(g, attribute, value)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
