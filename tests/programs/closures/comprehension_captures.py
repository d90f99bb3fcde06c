def f(n):
    adders = [lambda x, i=i: x + i + n for i in range(3)]
    lazy = [lambda: i + n for i in range(3)]
    n = 10
    return [a(1) for a in adders], [l() for l in lazy]

print(f(0))
