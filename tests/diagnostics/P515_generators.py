def numbers():
    for n in (1, 0):
        got = yield 10 / n
def middle(g):
    x = yield from g
def run(g):
    print(next(g))
    print(next(g))
g = numbers()
m = middle(g)
run(m)
