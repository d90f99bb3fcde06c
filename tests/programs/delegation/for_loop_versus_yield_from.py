def leaf():
    got = yield 1
    yield f"leaf got {got}"
    return "value"
def by_loop():
    for x in leaf():
        yield x
def by_delegation():
    return (yield from leaf())
for make in by_loop, by_delegation:
    g = make()
    print(make.__name__, next(g), g.send("hi"))
    try:
        next(g)
    except StopIteration as stop:
        print(stop.value)
