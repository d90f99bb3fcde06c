g = (n for n in range(3))
print(g[0])
