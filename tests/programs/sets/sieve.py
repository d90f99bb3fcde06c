def primes(limit):
    candidates = set(range(2, limit))
    for n in range(2, int(limit ** 0.5) + 1):
        if n in candidates:
            candidates -= set(range(n * n, limit, n))
    return sorted(candidates)
print(primes(60), len(primes(1000)))
