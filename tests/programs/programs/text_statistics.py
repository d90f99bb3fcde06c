text = """It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of incredulity."""
words = [w.strip(".,").lower() for w in text.split()]
counts = {}
for w in words: counts[w] = counts.get(w, 0) + 1
top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:4]
print(f"{len(words)} words, {len(counts)} different, average length {sum(map(len, words)) / len(words):.3f}")
for word, n in top: print(f"{word:>8} {n:3d} {'*' * n:<12}| {n / len(words):6.2%}")
letters = [0] * 26
for c in text.lower():
    if "a" <= c <= "z": letters[ord(c) - 97] += 1
print("".join(sorted("abcdefghijklmnopqrstuvwxyz", key=lambda c: -letters[ord(c) - 97])[:8]), max(words, key=len), text.count("it"), text.title()[:20])
