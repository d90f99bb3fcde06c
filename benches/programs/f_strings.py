"""Formatting with f-strings."""
total = 0
for i in range(1_000_000):
    total += len(f"{i} of {i * 2:>8} is {i / 7:.2f} {'yes' if i & 1 else 'no'!r}")
print(total)
