def make():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    return fs

print([f() for f in make()])
def fixed():
    return [lambda i=i: i for i in range(3)]
print([f() for f in fixed()])
def by_call():
    def bind(i):
        return lambda: i
    return [bind(i) for i in range(3)]
print([f() for f in by_call()])
