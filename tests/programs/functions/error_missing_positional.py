def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def four(a, b, c, d=1): pass

for call in (
    lambda: one(),
    lambda: two(),
    lambda: three(),
    lambda: three(1),
    lambda: two(b=1),
    lambda: four(),
    lambda: four(1, d=2),
):
    try:
        call()
    except TypeError as error:
        print(error)
