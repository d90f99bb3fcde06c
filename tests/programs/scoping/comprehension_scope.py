x = "kept"
print([x for x in range(3)], x)
print({x: y for x, y in [(1, 2)]}, x)
def f():
    data = [i for i in range(3)]
    try:
        return i
    except NameError as error:
        return str(error)
print(f())
class C:
    n = 2
    ok = [i for i in range(n)]
    try:
        bad = [n for i in range(2)]
    except NameError as error:
        print(error)
print(C.ok)
