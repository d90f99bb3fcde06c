def outer():
    yield from inner()
def inner():
    yield from outer_gen
outer_gen = outer()
list(outer_gen)
