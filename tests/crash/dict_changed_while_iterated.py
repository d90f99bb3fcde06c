# allows: RuntimeError
d = {n: n for n in range(10)}
for k in d:
    d.clear()
    d.update({n: n for n in range(1000)})
