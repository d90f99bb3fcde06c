# allows: OK
a = [1, 2, 3]
for n, x in enumerate(a):
    if n < 10_000:
        a.append(x)
        del a[0]
a = list(range(100))
for x in a:
    a.clear()
for x in reversed(a := [1, 2, 3]):
    a.clear()
