# throw(error) resumes a generator too, but the yield it waits at raises.
# What the generator catches, it may answer with another yielded value.

class Skip(Exception):
    """Sent in to skip a number."""


def counter():
    n = 0
    while True:
        try:
            yield n
            n += 1
        except Skip:
            n += 10
            print("skipping ahead")


c = counter()
print(next(c), next(c))
print(c.throw(Skip))                # raises Skip at the yield; gives the next value
print(next(c))

try:
    c.throw(KeyError("unknown"))    # not caught inside: it comes out here
except KeyError as error:
    print("came out:", repr(error))
print("and the generator is finished:", next(c, "nothing"))
