print(int | str, int | None, isinstance(5, int | str), isinstance(None, int | None), issubclass(bool, int | str))
print((int | str) == (str | int), int | int, type(int | str).__name__, (int | str).__args__)
class A: pass
print(isinstance(A(), A | int), A | None)
try:
    int | 5
except TypeError as error:
    print(error)
try:
    isinstance(5, 5)
except TypeError as error:
    print(error)
try:
    isinstance(5, list[int])
except TypeError as error:
    print(error)
