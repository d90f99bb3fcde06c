# Two generators may delegate to the same one: they share its items.
def numbers():
    for n in range(6):
        yield n

def reader(name, sub):
    try:
        yield from sub
    finally:
        print(name, "done")

sub = numbers()
a, b = reader("a", sub), reader("b", sub)
print(next(a), next(b), next(a), next(b), next(a), next(b))
print(next(a, "end"), next(b, "end"))
