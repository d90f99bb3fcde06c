import sys
sys.setrecursionlimit(200)
depth = 0
def f():
    global depth
    depth += 1
    f()
try:
    f()
except RecursionError:
    print(150 < depth < 200, sys.getrecursionlimit())
for bad in 0, -5, "x":
    try:
        sys.setrecursionlimit(bad)
    except (ValueError, TypeError) as error:
        print(error)
