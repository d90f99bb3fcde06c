def gen():
    yield 1

g = gen()
print(list(g))
for attempt in range(2):
    try:
        g.send(1)
    except StopIteration as stop:
        print("StopIteration", repr(stop.value), repr(str(stop)))
print(next(g, "default"))
