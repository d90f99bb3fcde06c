def leaf(log):
    value = None
    while value != "stop":
        try:
            value = yield value
        except ZeroDivisionError:
            log.append("caught")
            value = "after throw"
    return "result"
def pass_on(sub, log):
    try:
        return (yield from sub)
    finally:
        log.append("left")
def chain(depth):
    log = []
    g = leaf(log)
    for _ in range(depth):
        g = pass_on(g, log)
    return g, log
for depth in 0, 1, 2, 100:
    g, log = chain(depth)
    print(next(g), g.send("x"), g.throw(ZeroDivisionError), g.send("y"), end=" ")
    try:
        g.send("stop")
    except StopIteration as stop:
        print(stop.value, log[0], len(log))
    g, log = chain(depth)
    next(g)
    g.close()
    print("closed", len(log))
    g, log = chain(depth)
    next(g)
    try:
        g.throw(KeyError("through all"))
    except KeyError as error:
        print(error, len(log))
