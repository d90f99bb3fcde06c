def gen():
    for action in (lambda: next(g), lambda: g.send(1), lambda: g.throw(KeyError), lambda: g.close()):
        try:
            action()
        except ValueError as error:
            print(error)
    yield "done"

g = gen()
print(next(g))
