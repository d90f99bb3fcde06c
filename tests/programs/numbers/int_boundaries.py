# Around the sizes where an implementation may change representation.
for bits in 29, 30, 31, 32, 60, 61, 62, 63, 64, 127, 128:
    n = 1 << bits
    print(bits, n - 1, n, n + 1, -n, -n - 1, n * 2, n * n, (n - 1) * (n + 1), n // 3, -n // 3, n % 7, n >> 1, ~n, n ^ (n - 1), n == float(n))
big = 2 ** 61
print(big + big, big + big - big, -big - big, big * big // big == big, big - big, (big * 4) // 4 is not None, hash(2 ** 61 - 1), hash(2 ** 61), hash(-2 ** 61))
