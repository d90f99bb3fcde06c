class Resource:
    def __enter__(self):
        print("open")
        return "handle"
    def __exit__(self, kind, value, tb):
        print("close", kind.__name__ if kind else None)

def gen():
    with Resource() as r:
        yield r
        yield r

print(list(gen()))
g = gen()
next(g)
g.close()
g = gen()
next(g)
try:
    g.throw(KeyError)
except KeyError:
    print("passed through")
