a = b = c = []
b.append(1)
print(a, c, a is c)
x, y = z = 1, 2
print(x, y, z)
d = {}
d["a"] = d["b"] = e = 5
print(d, e)
