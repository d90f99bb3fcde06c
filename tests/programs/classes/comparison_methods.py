class C:
    def __init__(self, n): self.n = n
    def __eq__(self, o): print("eq"); return self.n == o.n if isinstance(o, C) else NotImplemented
    def __lt__(self, o): print("lt"); return self.n < o.n if isinstance(o, C) else NotImplemented
a, b = C(1), C(2)
print(a == b, a != b, a < b, a > b)
print(a == 5, 5 != a)
for action in lambda: a <= b, lambda: a < 5, lambda: 5 < a:
    try:
        action()
    except TypeError as error:
        print(error)
class Odd:
    def __eq__(self, o): return "not a bool"
    def __lt__(self, o): return []
print(Odd() == 1, Odd() != 1, Odd() < 1, 5 > Odd(), [Odd()] == [1])
