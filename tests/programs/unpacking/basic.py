a, b = 1, 2
a, b = b, a
print(a, b)
(c, d), [e, f] = (3, 4), "xy"
print(c, d, e, f)
[g] = {5}
h, = [6]
print(g, h)
i, j, k = {"x": 1, "y": 2, "z": 3}
print(i, j, k)
() = []
[] = ()
print("empty ok")
