def gen():
    for n in range(5):
        print("giving", n)
        yield n

g = gen()
print(2 in g)
print("next is", next(g))
