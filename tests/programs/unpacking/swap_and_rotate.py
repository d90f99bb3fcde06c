a, b, c = 1, 2, 3
a, b, c = c, a, b
print(a, b, c)
items = [1, 2, 3]
items[0], items[2] = items[2], items[0]
print(items)
x = [0, 1, 2]
i = 0
i, x[i], x[2] = x[2], i, 9
print(i, x)
fib = [0, 1]
p, q = 0, 1
for _ in range(6):
    p, q = q, p + q
print(p, q)
