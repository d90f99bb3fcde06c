# Calling a generator function only makes the generator.
def numbers():
    print("body started")
    yield 1
    print("after first yield")
    yield 2
    print("end of body")

g = numbers()
print("made", type(g).__name__)
print(next(g))
print(next(g))
try:
    next(g)
except StopIteration as stop:
    print("StopIteration", stop.value, stop.args)
