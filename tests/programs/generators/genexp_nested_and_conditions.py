print(list((a, b) for a in range(4) if a % 2 for b in range(a) if b != 1))
print(sum(n for n in range(10) if n % 3 == 0))
print(" ".join(c.upper() for c in "coil"))
rows = ([r * c for c in range(3)] for r in range(3))
print(list(rows))
gens = [(i * j for j in range(3)) for i in range(3)]
print([list(g) for g in gens])
