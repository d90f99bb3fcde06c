# allows: OK
for n in -2 ** 61, -2 ** 62, -2 ** 63, -2 ** 64:
    assert n // -1 == -n and n % -1 == 0 and divmod(n, -1) == (-n, 0) and abs(n) == -n
    assert (n * -1) == -n and -(-n) == n and ~n == -n - 1 and n * n == (-n) * (-n)
    assert n >> 1 == n // 2 and n << 1 == n * 2 and (n ^ -1) == ~n and hash(n) == hash(float(n))
