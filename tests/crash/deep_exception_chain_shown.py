# allows: ValueError RecursionError
error = None
for n in range(5_000):
    new = ValueError(n)
    new.__context__ = error
    error = new
raise error
