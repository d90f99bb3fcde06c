"""Values pushed through coroutines with send."""
def sink():
    total = 0
    try:
        while True:
            total += yield
    except GeneratorExit:
        print(total)

def scale(factor, target):
    next(target)
    try:
        while True:
            target.send((yield) * factor)
    finally:
        target.close()

chain = scale(2, scale(3, sink()))
next(chain)
for i in range(4_000_000):
    chain.send(i)
chain.close()
