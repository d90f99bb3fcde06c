def gen():
    try:
        x = yield "try"
    except ValueError:
        x = yield "except"
    else:
        x = yield "else"
    finally:
        print("finally with", x)
    yield "after"

g = gen()
print(next(g), g.send(1), g.send(2))
g = gen()
print(next(g), g.throw(ValueError), g.send(3))
