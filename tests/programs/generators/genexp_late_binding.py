factor = 2
g = (x * factor for x in range(3))
factor = 100
print(list(g))
items = [1, 2]
g = (x for x in items)
items = [7, 8, 9]
print(list(g))
