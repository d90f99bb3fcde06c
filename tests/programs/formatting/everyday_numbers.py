"""Numbers with few digits, and their neighbours that take more care, spelled in many ways."""


def values():
    yield from (0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 1e-4, 9.9999e-5, 1e9, 999999999.999999, 1e15, 1e16, 123456.7)
    yield from (0.1 + 0.2, 2 / 3, 1e22, 5e-324, 1.005, 2.675, 1.115, 0.045, 9.995, 999999.5, 0.0005, 1e308 * 10, 4.35)
    state = 12345
    for _ in range(400):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        digits = state >> 40
        yield digits / 10 ** (state % 8)
        yield -(state >> 11) / 2**40
        yield (digits % 100000 + 0.5) / 10 ** (state % 5)


for value in values():
    print(value, f"{value:.2f} {value:.0f} {value:10.3f} {value:+.1f} {value:08.2f} {value:.3%} {value:,.2f}", "%.2f" % value)

for number in 0, 7, 10, 99, 100, 101, 12345, -1, -10, 2**31, -(2**62), 2**61, 10**18, 2**64:
    print(f"{number} {number:d} {number:5} {number:<6}| {number:06d} {number:+,} {number:x} {number!r:>4} {number:e}")
print(f"{True} {None} {1.5}{2}{'x'} {-3}{1e300}{2**70}", f"{3}", f"{2.5}")
