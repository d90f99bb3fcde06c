# allows: OK
error = None
for n in range(100_000):
    new = ValueError(n)
    new.__context__ = error
    error = new
error = new = None
print("freed")
