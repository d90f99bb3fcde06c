def f(*, a, b=2):
    return a, b

print(f(a=1), f(b=3, a=4))
for call in lambda: f(), lambda: f(1), lambda: f(1, a=2), lambda: f(b=1):
    try:
        call()
    except TypeError as error:
        print(error)
