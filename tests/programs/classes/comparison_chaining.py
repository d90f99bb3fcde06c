def v(x):
    print("eval", x)
    return x
print(v(1) < v(2) < v(3))
print(v(3) < v(2) < v(1))
print(1 < 2 > 1 == 1 != 0 <= 5 in [5] is not None)
x = 5
print(0 < x < 10, not 0 < x < 3, (0 < x) < 3, 1 < x == 5)
