def nest(depth):
    if depth == 0:
        got = yield "bottom"
        return [got]
    result = yield from nest(depth - 1)
    return result + [depth]

g = nest(40)
print(next(g))
try:
    g.send("hello")
except StopIteration as stop:
    print(stop.value[0], len(stop.value), stop.value[-1])
