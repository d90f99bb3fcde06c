def sign(n): return "+" if n > 0 else "-" if n < 0 else "0"
print([sign(n) for n in (-5, 0, 5)])
def show(x):
    print("eval", x)
    return x
print(show(1) if show(0) else show(2))
print((lambda: 1 if 0 else 2)(), [1 if x else 0 for x in (0, 1)], {True: 1} if 1 else {})
