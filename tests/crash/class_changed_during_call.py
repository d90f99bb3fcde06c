# allows: OK
class A:
    def __add__(self, other):
        self.__class__ = B
        return other + self
class B:
    def __radd__(self, other):
        return "B"
    def __add__(self, other):
        return "B add"
print(A() + A())
