# allows: OK MemoryError
a = [1]
def forever():
    for x in a:
        if len(a) > 100_000:
            return
        yield x
a.extend(forever())
print(len(a))
