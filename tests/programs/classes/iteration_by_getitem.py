# The old protocol: __getitem__ with 0, 1, 2 ... until IndexError.
class Squares:
    def __getitem__(self, i):
        if i >= 4:
            raise IndexError
        return i * i
s = Squares()
print(list(s), 9 in s, 5 in s, max(s), [*s], dict(zip(s, "abcd")))
it = iter(s)
print(next(it), next(it), type(it).__name__)
class WithLen(Squares):
    def __len__(self): return 4
print(list(reversed(WithLen())))
try:
    reversed(s)
except TypeError as error:
    print(error)
class Broken:
    def __getitem__(self, i): raise KeyError("not an IndexError")
try:
    list(Broken())
except KeyError as error:
    print(repr(error))
