class Plain: pass
class EqOnly:
    def __eq__(self, o): return True
class Both:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __hash__(self): return hash(self.n)
class NoHash: __hash__ = None
class SubOfEqOnly(EqOnly):
    __hash__ = object.__hash__
print(hash(Plain()) != 0, Both(1) in {Both(1)}, {Both(1): "found"}[Both(1)], len({Both(1), Both(1), Both(2)}))
for C in EqOnly, NoHash, list:
    try:
        hash(C())
    except TypeError as error:
        print(error)
    print(C.__hash__)
print(isinstance(hash(SubOfEqOnly()), int))
class BadHash:
    def __hash__(self): return "x"
try:
    hash(BadHash())
except TypeError as error:
    print(error)
class Huge:
    def __hash__(self): return 2 ** 100 + 7
class Minus:
    def __hash__(self): return -1
print(hash(Huge()), hash(Minus()))
