"""throw() into a generator that catches."""
def catcher():
    count = 0
    while True:
        try:
            yield count
        except ValueError:
            count += 1

g = catcher()
next(g)
error = ValueError("again")
total = 0
for _ in range(3_000_000):
    total += g.throw(error)
    error.__traceback__ = None
print(total)
