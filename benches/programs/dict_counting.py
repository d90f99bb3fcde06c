"""Counting words in a dictionary."""
words = [f"word{i * i % 997}" for i in range(100_000)]
counts = {}
for _ in range(60):
    for w in words:
        counts[w] = counts.get(w, 0) + 1
print(len(counts), sum(counts.values()), max(counts.values()))
