cube = [[[x * 100 + y * 10 + z for z in range(2)] for y in range(2)] for x in range(2)]
print(cube, [v for plane in cube for row in plane for v in row if v % 2])
print([[row[i] for row in [[1, 2], [3, 4]]] for i in range(2)])
primes = [n for n in range(2, 50) if all(n % d for d in range(2, int(n ** 0.5) + 1))]
print(primes)
print({w: [i for i, c in enumerate(w) if c in "aeiou"] for w in ("tree", "sky")})
