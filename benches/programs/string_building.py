"""Strings: +=, join, replace, split, upper, find."""
def work():
    s = ""
    for i in range(500_000):
        s += chr(97 + i % 26)
    parts = []
    for i in range(0, len(s) - 5, 5):
        parts.append(s[i:i + 5])
    text = " ".join(parts)
    return len(text.replace("abc", "x").split()) + text.upper().find("ZAB") + text.count("z")

total = 0
for _ in range(10):
    total += work()
print(total)
