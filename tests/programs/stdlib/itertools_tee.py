from itertools import tee
def source():
    for n in range(4):
        print("source gives", n)
        yield n
a, b = tee(source())
print(next(a), next(a), next(b))
print(list(b), list(a))
x, y, z = tee([1, 2], 3)
print(list(x), list(y), list(z), tee([1], 0))
try:
    tee([1], -1)
except ValueError as error:
    print(error)
try:
    tee(5)
except TypeError as error:
    print(error)
