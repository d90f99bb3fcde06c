f = lambda n: (yield n * 2)
g = f(4)
print(next(g))
try:
    g.send("sent")
except StopIteration as stop:
    print(stop.value)
print(g.__name__)
