text = """the quick brown fox jumps over the lazy dog
the dog sleeps the fox runs"""
counts = {}
for word in text.split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
    print(f"{word:<8}{count:>3} {'#' * count}")
