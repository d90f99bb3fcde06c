def gen():
    yield

g = gen()
list(g)
try:
    g.throw(ValueError("late"))
except ValueError as error:
    print(error)
try:
    g.throw(StopIteration(3))
except StopIteration as stop:
    print("StopIteration", stop.value)
