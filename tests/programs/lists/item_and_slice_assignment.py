a = list(range(6))
a[0] = "first"; a[-1] = "last"
print(a)
a[1:3] = ["x"]
print(a)
a[1:1] = [7, 8, 9]
print(a)
a[::2] = "ABCD" if len(a) == 8 else [0] * len(a[::2])
print(a)
a[2:] = []
print(a)
a[:] = range(3)
print(a)
a[5:9] = (1, 2)
print(a)
a[:0] = a
print(a)
a[1:3] = a
print(a)
del a[::2]
print(a)
del a[-2:], a[0]
print(a)
a[::-1] = list(range(len(a)))
print(a)
for statement in (
    "a[::2] = [1]", "a[9] = 1", "del a[9]", "a[0:1] = 5", "a['x'] = 1", "a[::0] = []", "del a['x']",
    "a[-100] = 1",
):
    try:
        exec(statement)
        print(statement, a)
    except (ValueError, IndexError, TypeError) as error:
        print(statement, type(error).__name__, error)
