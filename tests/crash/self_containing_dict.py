# allows: RecursionError
a, b = {}, {}
a["k"], b["k"] = a, b
print(a)
a == b
