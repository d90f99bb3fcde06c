print(sorted([3, 1, 2], key=lambda x: -x), sorted("b a".split()), sorted(((2, "b"), (1, "z"), (2, "a"))))
def key(x):
    if x == 2: raise ValueError("bad key")
    return x
try:
    sorted([1, 2, 3], key=key)
except ValueError as error:
    print(error)
it = iter([3, 1, 2])
print(sorted(it), list(it))
