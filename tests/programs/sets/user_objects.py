class P:
    def __init__(self, n): self.n = n
    def __hash__(self): return hash(self.n)
    def __eq__(self, o): return isinstance(o, P) and self.n == o.n
    def __repr__(self): return f"P({self.n})"
s = {P(1), P(2), P(1)}
print(len(s), P(2) in s, sorted(s, key=lambda p: p.n))
s.discard(P(1)); print(s)
first = P(3)
s.add(first); s.add(P(3))
print([p for p in s if p is first], len(s))
print({P(1)} | {P(1), P(4)} == {P(4), P(1)}, {P(1)} & {P(1)}, {P(1)} <= {P(1), P(2)})
