gens = []
for k in (1, 2, 3):
    gens.append((k * x for x in range(2)))
print([list(g) for g in gens])
def f():
    for s in 'ab':
        yield (s + t for t in 'xy')
for inner in f():
    print(list(inner))
def late():
    return [inner for inner in f()]
print([list(i) for i in late()])
