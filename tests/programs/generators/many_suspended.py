def counter(n):
    while True:
        n += 1
        yield n

gens = [counter(i) for i in range(10000)]
print(sum(next(g) for g in gens))
print(sum(next(g) for g in reversed(gens)))
gens.clear()
print("freed")
