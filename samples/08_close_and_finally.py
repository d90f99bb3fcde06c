# close() raises GeneratorExit at the yield, so that `finally` blocks run.
# The same happens when nobody refers to a suspended generator any more.

def connection(name):
    print(f"{name}: open")
    try:
        while True:
            yield f"data from {name}"
    finally:
        print(f"{name}: closed")


c = connection("A")
print(next(c))
c.close()
print("closing twice is fine:", c.close())

for data in connection("B"):
    print(data)
    break                           # the loop drops its generator here
print("after the loop")


def stubborn():
    try:
        yield
    except GeneratorExit:
        print("I will not stop!")
        yield                       # yielding now is not allowed


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print("RuntimeError:", error)
