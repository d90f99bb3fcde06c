"""Arithmetic with thousands of digits."""
a, b = 0, 1
for _ in range(150_000):
    a, b = b, a + b
f = 1
for n in range(1, 6_000):
    f *= n
product = 1
for _ in range(60):
    product = product * f % (a + 1)
print(a % 1_000_000_007, f % 1_000_000_009, product % 998_244_353, a.bit_length())
