# allows: OK RuntimeError ValueError
a = list(range(10))
def source():
    for n in range(5):
        a.clear()
        yield n
a[2:8] = source()
a.extend(source())
a += source()
print(a)
