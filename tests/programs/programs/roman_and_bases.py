numerals = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
def to_roman(n):
    out = ""
    for value, text in numerals:
        count, n = divmod(n, value)
        out += text * count
    return out
def from_roman(s):
    values = {text: value for value, text in numerals if len(text) == 1}
    total = 0
    for a, b in zip(s, s[1:] + "I"):
        total += values[a] if values[a] >= values[b] else -values[a]
    return total
print([to_roman(n) for n in (1, 4, 9, 14, 1994, 2026, 3999)], all(from_roman(to_roman(n)) == n for n in range(1, 500)))
