def g():
    yield 1
    return 'done'
for x in g():
    print(x)
r = g()
print(r)
