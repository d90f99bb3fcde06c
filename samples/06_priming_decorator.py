# Forgetting the first next() is easy. A decorator can do it for us.

from functools import wraps


def primed(function):
    @wraps(function)
    def start(*args, **kwargs):
        generator = function(*args, **kwargs)
        next(generator)             # run to the first yield
        return generator
    return start


@primed
def printer(prefix):
    while True:
        line = yield
        print(prefix, line)


p = printer(">>")
p.send("no next() needed")
p.send("still the function called " + printer.__name__)
