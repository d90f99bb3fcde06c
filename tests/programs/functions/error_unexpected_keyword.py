def f(a, value=1): pass
def g(): pass
def h(**kw): pass

for call in lambda: f(1, b=2), lambda: f(1, valeu=2), lambda: g(x=1), lambda: f(b=2), lambda: f(1, 2, 3, z=1):
    try:
        call()
    except TypeError as error:
        print(error)
h(anything=1)
