it = iter(range(3))
print(type(it).__name__, next(it), list(it), next(it, "done"))
for i in range(3):
    i = 100
print(i)
print([(i, j) for i in range(3) for j in range(i)], [*range(2, 5)], tuple(range(3)))
a, b, c = range(3)
print(a, b, c, list(zip(range(3), range(10, 0, -5))), list(enumerate(range(5, 7), 1)))
r = reversed(range(0, 10, 3))
print(next(r), list(r))
try:
    range(5)[0] = 1
except TypeError as error:
    print(error)
