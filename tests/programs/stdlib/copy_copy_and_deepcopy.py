import copy
class C:
    def __init__(self, x): self.x = x
class Custom:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep copied"
c = C([1])
s, d = copy.copy(c), copy.deepcopy(c)
c.x.append(2)
print(s.x, d.x, copy.copy(Custom()), copy.deepcopy([Custom()]))
a = [1, (2, [3]), {"k": {4}}]
b = copy.deepcopy(a)
a[1][1].append(9)
print(b, copy.copy(5), copy.deepcopy("s"), copy.copy((1,)) == (1,), copy.deepcopy(len) is len)
x = []
y = copy.deepcopy([x, x])
print(y[0] is y[1], y[0] is x)
