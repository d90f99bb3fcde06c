# The first iterable is evaluated at once, everything else later.
def show(name, value):
    print("evaluating", name)
    return value

g = (x + y for x in show("first", [1, 2]) for y in show("second", [10, 20]))
print("made")
print(list(g))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
