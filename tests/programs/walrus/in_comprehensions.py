print([v for x in range(5) if (v := x * x) > 3], v)
total = 0
print([total := total + x for x in range(5)], total)
print(any((found := x) > 3 for x in range(10)), found)
def f():
    [inner := i for i in range(3)]
    return inner
print(f())
print({(k := c): k.upper() for c in "ab"}, k)
