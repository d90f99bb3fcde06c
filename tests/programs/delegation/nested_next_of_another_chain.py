# A leaf drives a second chain: the two do not disturb each other.
def numbers(n):
    yield from range(n)
def pass_on(sub):
    yield from sub
def pairing():
    other = pass_on(pass_on(numbers(3)))
    for x in "abc":
        yield x, next(other)
print(list(pass_on(pass_on(pairing()))))
