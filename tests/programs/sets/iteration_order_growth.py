s = set()
for n in (n * 37 % 101 for n in range(40)):
    s.add(n)
print(list(s))
while len(s) > 5:
    s.discard(max(s))
print(list(s))
words = "the quick brown fox jumps over the lazy dog and runs away from all the noisy hounds".split()
print(list(set(words)))
print(list(set(words[:5])), list(frozenset(words[5:])))
u = set(words); u.update(range(5)); print(list(u))
c = u.copy(); c.discard("fox"); print(list(c))
