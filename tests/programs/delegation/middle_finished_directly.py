# When the sub-generator ends behind the back of its delegator, its result is lost.
def middle():
    yield 1
    return "result"
def root(m):
    print("root got", (yield from m))
    yield "root goes on"
m = middle()
r = root(m)
print(next(r))
try:
    next(m)
except StopIteration as stop:
    print("direct:", stop.value)
print(next(r))
