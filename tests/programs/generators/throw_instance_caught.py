def gen():
    while True:
        try:
            yield "waiting"
        except ValueError as error:
            print("caught", repr(error))

g = gen()
print(next(g))
print(g.throw(ValueError("one")))
print(g.throw(ValueError))
print(next(g))
