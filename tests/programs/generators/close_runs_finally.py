def gen():
    try:
        yield 1
    finally:
        print("finally")

g = gen()
print(next(g))
print(g.close())
print(g.close())
print(list(g))
