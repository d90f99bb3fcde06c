# allows: RecursionError
def gen():
    for x in gen():
        yield x
list(gen())
