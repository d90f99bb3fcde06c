def gen():
    try:
        yield 1
    finally:
        print("in finally")
        yield 2
        print("finally resumed")

g = gen()
print(next(g), next(g))
print(next(g, "end"))
g = gen()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
