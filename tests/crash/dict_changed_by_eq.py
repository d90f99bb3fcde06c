# allows: OK RuntimeError
class Bad:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other):
        d.clear()
        for n in range(50):
            d[n] = n
        return False
d = {}
try:
    for n in range(20):
        d[Bad(n)] = n
    Bad(99) in d
    d.get(Bad(98))
    d.pop(Bad(97), None)
    d.setdefault(Bad(96))
except RuntimeError as error:
    print(error)
print(len(d) > 0)
