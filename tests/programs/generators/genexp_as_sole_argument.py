def f(*args):
    return [list(a) if hasattr(a, "send") else a for a in args]

print(f(x for x in range(3)))
print(f((x for x in range(2)), 5))
print(any(x > 2 for x in range(5)), all(x > 2 for x in range(5)))
print(max((len(w), w) for w in ["a", "bcd", "ef"]))
print(dict((k, k * k) for k in range(4)))
print(sorted((-x for x in range(4)), reverse=True))
