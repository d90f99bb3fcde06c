# allows: RecursionError
a, b = [], []
a.append(a)
b.append(b)
print(a, [a, {"k": a}])
print(a == b)
