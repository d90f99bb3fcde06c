def f(a: int, b: "str" = "x", *args: float, c: list[int] = [], **kw: dict) -> bool:
    return True

print(f.__annotations__)
x: int = 5
y: str
print(__annotations__)
class C:
    a: int = 1
    b: "list"
print(C.__annotations__)
def g():
    z: undefined_name = 3
    return z
print(g(), g.__annotations__)
