# allows: OK RuntimeError
class Bad:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 3
    def __eq__(self, other):
        s.clear()
        t.clear()
        return False
s, t = set(), set()
s = {1}
t = {2}
for n in range(10):
    s.add(Bad(n))
    t.add(Bad(n + 1))
for action in lambda: s & t, lambda: s | t, lambda: s - t, lambda: s ^ t, lambda: s == t, lambda: s <= t, lambda: s.update(t), lambda: s.intersection_update(t), lambda: s.isdisjoint(t):
    try:
        action()
    except RuntimeError as error:
        print(error)
print("fine")
