class N:
    calls = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        N.calls += 1
        return self.v < o.v
print([n.v for n in sorted(N(v) for v in [5, 3, 8, 1])], N.calls > 0)
keys = []
def key(x):
    keys.append(x)
    return -x
print(sorted([2, 3, 1], key=key), keys)
class Bad:
    def __lt__(self, o): raise ValueError("cannot compare")
items = [Bad(), Bad()]
try:
    items.sort()
except ValueError as error:
    print(error, len(items))
class OnlyGt:
    def __init__(self, v): self.v = v
    def __gt__(self, o): return self.v > o.v
print([x.v for x in sorted(map(OnlyGt, [2, 1, 3]))])
