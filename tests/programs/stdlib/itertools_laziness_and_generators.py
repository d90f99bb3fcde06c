from itertools import chain, takewhile, islice, count
def gen(name):
    try:
        for n in count():
            print(name, n)
            yield n
    finally:
        print("closing", name)
c = chain(gen("a"), gen("b"))
print(next(c), next(c))
del c
t = takewhile(lambda x: x < 1, gen("t"))
print(list(t))
del t
print(list(islice(gen("s"), 2)))
print("end")
