def gen():
    try:
        yield
    finally:
        print("never printed")

g = gen()
print(g.close())
print(list(g))
