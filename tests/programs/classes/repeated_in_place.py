"""`x *= sequence`: the left operand's own methods come first, and a container on the left is not taken for a number."""


class InPlace:
    def __imul__(self, other):
        return "imul", other


class Multiplies:
    def __mul__(self, other):
        return "mul", other


class Declines:
    def __imul__(self, other):
        return NotImplemented

    def __mul__(self, other):
        return NotImplemented


class Index:
    def __index__(self):
        return 2


class Reflects(list):
    def __rmul__(self, other):
        return "rmul", type(other).__name__


for left in (InPlace, Multiplies, Declines, Index, int, float, type(None), set, dict, range(3)):
    for right in ("ab", [1], (1,), b"ab", Reflects()):
        value = left() if callable(left) else left
        try:
            value *= right
            print(getattr(left, "__name__", left), type(right).__name__, value)
        except TypeError as error:
            print(getattr(left, "__name__", left), type(right).__name__, "TypeError", error)
value = "ab"
value *= Index()
print(value, Index() * "ab")
items = other = [1]
items *= 2
print(items is other, items)
