# allows: RuntimeError
s = set(range(10))
for x in s:
    s.clear()
    s.update(range(1000))
