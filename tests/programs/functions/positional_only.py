def f(a, b=2, /, c=3, *, d=4):
    return a, b, c, d

print(f(1), f(1, 5), f(1, 2, c=6), f(1, 2, 3, d=7))
for call in lambda: f(a=1), lambda: f(1, b=2), lambda: f(), lambda: f(a=1, b=2, c=3), lambda: f(1, 2, 3, 4):
    try:
        call()
    except TypeError as error:
        print(error)

def g(a, /, **kw):
    return a, kw
print(g(1, a=2))
