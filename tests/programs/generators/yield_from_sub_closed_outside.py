def inner():
    try:
        yield 1
        yield 2
    finally:
        print("inner closed")

def outer(sub):
    result = yield from sub
    print("result", result)
    yield "outer alive"

sub = inner()
g = outer(sub)
print(next(g))
sub.close()
print(next(g))
