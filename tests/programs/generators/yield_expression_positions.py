def gen():
    a = yield
    b = (yield 1) + (yield 2)
    c = [(yield 3), (yield 4)]
    d = {(yield 5): (yield 6)}
    e = f"{(yield 7)}!"
    print(a, b, c, d, e)
    if (yield 8):
        print("true branch")
    print((yield 9), (yield 10))
    return (yield)

g = gen()
out = [next(g)]
for n in range(100):
    try:
        out.append(g.send(n))
    except StopIteration as stop:
        print("returned", stop.value)
        break
print(out)
