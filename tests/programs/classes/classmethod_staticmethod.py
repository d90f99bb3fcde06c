class C:
    @classmethod
    def make(cls, x): return cls.__name__, x
    @staticmethod
    def add(a, b): return a + b
    @classmethod
    def factory(cls): return cls()
class D(C): pass

print(C.make(1), D.make(2), D().make(3), C.add(1, 2), C().add(3, 4), type(D.factory()).__name__)
print(type(C.__dict__["make"]).__name__, type(C.__dict__["add"]).__name__, C.make.__self__ is C)
print(C.__dict__["make"].__func__.__name__, C.__dict__["add"](5, 6), C.make.__func__ is D.make.__func__)
