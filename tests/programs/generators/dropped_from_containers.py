def gen(name):
    try:
        yield
    finally:
        print("closing", name)

def started(name):
    g = gen(name)
    next(g)
    return g

items = [started("first"), started("second")]
table = {"a": started("in dict")}
pair = (started("in tuple"),)
del items[0]
print("-")
table["a"] = None
print("-")
pair = None
print("-")
items.clear()
print("end")
