# The name of an `except` clause goes at its end and comes back in the next round; globals and builtins are found all the same.
import builtins

total = 0
for i in range(5):
    try:
        raise ValueError(i)
    except ValueError as error:
        total += error.args[0]
    try:
        error
    except NameError as missing:
        print(missing)
print(total)

def sees(name):
    return [name in globals(), len("abc")]

for i in range(3):
    print(sees("len"), sees("abs"), abs(-i))
    abs = lambda x: f"my abs of {x}"
    print(abs(i), sees("abs"))
    del abs
    print(abs(-i), max(i, 1))

for i in range(3):
    try:
        print(fresh)
    except NameError:
        print("not yet")
    fresh = i
    print(fresh)
    del fresh
    builtins.fresh = f"builtin {i}"
    print(fresh)
    del builtins.fresh

def handler():
    for i in range(2):
        try:
            [][i]
        except IndexError as problem:
            print(type(problem).__name__)
    try:
        problem
    except UnboundLocalError as unbound:
        print(unbound)

handler()
d = {"x": 1}
for i in range(3):
    d["y"] = i
    del d["y"]
    d["z"] = i
    d["y"] = i * 2
    print(d, list(d))
    del d["z"], d["y"]
