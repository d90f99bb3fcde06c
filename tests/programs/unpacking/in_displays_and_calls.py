a, b = [1, 2], (3,)
print([*a, *b, 4], (*a, *b), {*a, *b}, {**{"x": 1}, "y": 2, **{"x": 3}})
print(*a, *b, sep="-")
print([*range(3), *"ab", *{"k": 1}])
x = *a, 5
print(x)
print({**{}}, [*[]], (*(),), [*()])
def f(): return *a, *b
print(f())
for v in *a, *b: print(v, end=" ")
print()
try:
    [*5]
except TypeError as error:
    print(error)
try:
    {**[1]}
except TypeError as error:
    print(error)
