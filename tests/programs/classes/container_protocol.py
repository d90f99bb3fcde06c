class Seq:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, k): print("get", k); return self.items[k]
    def __setitem__(self, k, v): print("set", k, v); self.items[k] = v
    def __delitem__(self, k): print("del", k); del self.items[k]
    def __contains__(self, x): print("contains", x); return x in self.items
    def __reversed__(self): print("reversed"); return iter(self.items[::-1])
s = Seq(1, 2, 3)
print(s[0], s[-1], s[0:2], s[::2], 2 in s, 9 not in s)
s[0] = 10
s[1:2] = [20, 21]
del s[0]
s[1] += 1
print(s.items, list(reversed(s)), len(s))
print(s[1, 2:3, ...] if False else "ok")
class Show:
    def __getitem__(self, k): return k
print(Show()[1, 2:3, ...], Show()[:], Show()[1:2, ::3], Show()[()], Show()[*[1, 2]])
