def gen():
    try:
        1 / 0
    except ZeroDivisionError:
        yield "paused in handler"
        raise

g = gen()
print(next(g))
try:
    next(g)
except ZeroDivisionError as error:
    print("re-raised", error)
