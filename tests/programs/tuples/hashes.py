# Hash values show in the order of sets; they equal CPython's.
print(hash(()), hash((1,)), hash((1, 2)), hash((2, 1)), hash((1, (2, 3))), hash((0.5, -1)), hash((True, 0)))
print(sorted({(i, j): i * j for i in range(3) for j in range(3)}))
print({(1, 2), (3, 4), (0, 0), (1, 1)})
