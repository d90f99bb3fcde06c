def one(*, a): pass
def two(*, a, b): pass
def three(x, *, a, b, c): pass

for call in lambda: one(), lambda: two(), lambda: three(1), lambda: three(), lambda: three(1, a=2):
    try:
        call()
    except TypeError as error:
        print(error)
