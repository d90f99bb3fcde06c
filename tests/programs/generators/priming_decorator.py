from functools import wraps

def primed(function):
    @wraps(function)
    def start(*args, **kwargs):
        g = function(*args, **kwargs)
        next(g)
        return g
    return start

@primed
def collector(into):
    """Collects what is sent."""
    while True:
        into.append((yield))

seen = []
c = collector(seen)
for item in "abc":
    c.send(item)
print(seen, collector.__name__, collector.__doc__)
