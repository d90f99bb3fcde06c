people = [("Bo", 30), ("Al", 25), ("Cy", 30), ("Di", 25), ("Ed", 30)]
print(sorted(people, key=lambda p: p[1]))
print(sorted(people, key=lambda p: p[1], reverse=True))
people.sort(key=lambda p: p[0][1])
print(people)
class Card:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n // 10 < other.n // 10
print([c.n for c in sorted(map(Card, [25, 11, 29, 13, 21, 12, 5]))])
data = [(i * 7919) % 101 for i in range(200)]
tagged = sorted(((x % 5, i) for i, x in enumerate(data)), key=lambda t: t[0])
print(all(a[1] < b[1] for a, b in zip(tagged, tagged[1:]) if a[0] == b[0]), sorted(data) == sorted(data, reverse=True)[::-1])
