def none(): pass
def one(a): pass
def two(a, b): pass
def dflt(a, b=1): pass
def dflt1(a=1): pass
def kwonly(a, *, b=1): pass
def kwonly2(a, *, b=1, c=2): pass

calls = [
    lambda: none(1), lambda: none(1, 2), lambda: one(1, 2), lambda: two(1, 2, 3), lambda: dflt(1, 2, 3),
    lambda: dflt1(1, 2), lambda: kwonly(1, 2), lambda: kwonly(1, 2, b=3), lambda: kwonly2(1, 2, 3, b=1, c=2),
]
for call in calls:
    try:
        call()
    except TypeError as error:
        print(error)
