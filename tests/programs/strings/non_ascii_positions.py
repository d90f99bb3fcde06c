s = "日本語 text é 😀 end"
print(len(s), s.index("text"), s[s.index("é")], s.find("😀"), s.rfind("e"), s[-5:], s[3:8], s[::3], s.split(), s.upper(), s.center(24, "·"))
print([s.count(c) for c in "é😀e"], s.replace("😀", "smile"), s.partition("é"), sorted(set(s))[:3], max(s), s.encode().find(b"end"), s.startswith("本", 1), s.endswith("😀", 0, 12))
for i, c in enumerate("aé😀"): print(i, c, ord(c), len(c.encode()))
it = iter("é😀")
print(next(it), next(it), next(it, "end"), list(reversed("aé😀")), "😀" * 3, "é" in s, "x" + "é" + "😀")
big = "é" * 10000 + "x" + "日" * 10000
print(big[10000], big.index("x"), big[9999:10002], len(big), big[-1], big[15000], big.rindex("é"))
