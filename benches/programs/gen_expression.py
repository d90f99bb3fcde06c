"""Generator expressions consumed by builtins."""
total = 0
for _ in range(20):
    total += sum(x * x for x in range(600_000) if x & 1)
print(total, any(x > 2_000_000 for x in range(2_000_010)))
