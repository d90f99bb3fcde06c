data = [1, 2, 3]
g = (x for x in data)
print(next(g))
data.append(4)
data.insert(0, 0)
print(list(g))
