fs = [lambda: i for i in range(3)]
print([f() for f in fs])
n = 1
gg = (n for _ in range(2))
n = 5
print(list(gg))
