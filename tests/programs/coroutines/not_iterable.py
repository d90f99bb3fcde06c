async def f():
    pass

c = f()
for action in lambda: iter(c), lambda: next(c), lambda: list(c), lambda: [*c]:
    try:
        action()
    except TypeError as error:
        print(error)
try:
    for x in c:
        pass
except TypeError as error:
    print(error)

def gen():
    yield from c
try:
    next(gen())
except TypeError as error:
    print(error)
print(hasattr(c, "__iter__"), hasattr(c, "__next__"), hasattr(c, "__await__"))
c.close()
