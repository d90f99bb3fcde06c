# A returned tuple is one value, not the arguments of StopIteration.
def gen(value):
    return value
    yield

for value in (1, 2), (), None, StopIteration(3), ValueError("kept"):
    try:
        next(gen(value))
    except StopIteration as stop:
        print(repr(stop.value), stop.args)
