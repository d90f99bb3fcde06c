# One generator shared by all calls.
def ids():
    n = 0
    while True:
        n += 1
        yield n

def new(name, counter=ids()):
    return name, next(counter)

print(new("a"), new("b"), new("c"))
