class Meta(type):
    def __len__(cls): return len(cls.members)
    def __iter__(cls): return iter(cls.members)
    def __getitem__(cls, key): return cls.members[key]
    def __contains__(cls, x): return x in cls.members
    def __repr__(cls): return f"<{cls.__name__}!>"
    def __add__(cls, other): return cls.members + other.members
    def __instancecheck__(cls, x): return x == "anything"
    def __subclasscheck__(cls, c): return c is int
class A(metaclass=Meta): members = [1, 2]
class B(metaclass=Meta): members = [3]
print(len(A), list(A), A[1], 3 in B, A, A + B, isinstance("anything", A), isinstance(5, A), issubclass(int, A), issubclass(str, A))
