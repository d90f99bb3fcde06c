x = "module"
[x for x in range(3)]
print(x)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
def f(n):
    return [n + k for k in [n for n in range(2)]], n
print(f(10))
class C:
    items = [1, 2]
    doubled = [i * 2 for i in items]
    nested = [[i for i in range(j)] for j in items]
print(C.doubled, C.nested)
def g():
    a = 1
    return [a for a in [a + 1]], a
print(g())
try:
    [y for y in y]
except NameError as error:
    print(error)
