def bad(x):
    if x == 2: raise ValueError(f"at {x}")
    return x
try:
    [bad(x) for x in range(5)]
except ValueError as error:
    print(error)
i = "kept"
try:
    [1 / i for i in (1, 0)]
except ZeroDivisionError:
    print(i)
try:
    [a for a, b in [(1, 2), 3]]
except TypeError as error:
    print(error)
try:
    [x for x in 5]
except TypeError as error:
    print(error)
