# StopIteration raised by the loop body is not the end of the loop.
def f():
    for x in [1, 2, 3]:
        print(x)
        if x == 2:
            raise StopIteration("mine")

try:
    f()
except StopIteration as stop:
    print("escaped", stop.value)
