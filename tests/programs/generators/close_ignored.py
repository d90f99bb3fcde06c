def stubborn():
    while True:
        try:
            yield
        except GeneratorExit:
            print("ignored")
            yield "still here"
            return

g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
print(next(g, "ended"))
