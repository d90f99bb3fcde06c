# Closing a delegator closes generators, but a list iterator has no close().
def root(it):
    yield from it
it = iter([1, 2, 3])
r = root(it)
print(next(r))
r.close()
print(list(it))
