g = (x for x in range(5))
print(next(g), g.send(None), g.gi_code.co_name, g.__name__)
g.close()
print(list(g))
