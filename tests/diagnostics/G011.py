g = (n for n in range(3))
print(len(g))
