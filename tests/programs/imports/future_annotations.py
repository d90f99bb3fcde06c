from __future__ import annotations
def f(a: undefined_type, b: 1 + 1 = 2) -> list[nothing]: return b
print(f(1), f.__annotations__)
class C:
    x: later = 1
print(C.__annotations__)
