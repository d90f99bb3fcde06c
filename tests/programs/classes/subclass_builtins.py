class Stack(list):
    def push(self, x): self.append(x)
class Counter(dict):
    def __missing__(self, key): return 0
class Shout(str):
    def __str__(self): return self.upper() + "!"
class MyInt(int):
    def __add__(self, other): return MyInt(int(self) + int(other) + 100)

s = Stack([1]); s.push(2)
print(s, len(s), isinstance(s, list), s == [1, 2], type(s + [3]).__name__, type(s[:]).__name__)
c = Counter(a=1); c["b"] += 5
print(c, c["zzz"], "zzz" in c, c.get("zzz"))
t = Shout("hey")
print(t, repr(t), t + "x", f"{t}", "%s" % t, type(t.lower()).__name__)
print(MyInt(1) + 2, 2 + MyInt(1), type(MyInt(1) * 2).__name__, sum([MyInt(1), MyInt(2)]))
