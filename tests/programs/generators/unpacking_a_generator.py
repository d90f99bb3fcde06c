def three():
    print("1st"); yield 1
    print("2nd"); yield 2
    print("3rd"); yield 3

a, b, c = three()
print(a, b, c)
first, *rest = three()
print(first, rest)
try:
    a, b = three()
except ValueError as error:
    print(error)
print([*three()], {*three()}, (*three(),))
