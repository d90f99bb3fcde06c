def make_counter(start=0):
    count = start
    def bump(by=1):
        nonlocal count
        count += by
        return count
    def peek():
        return count
    return bump, peek

bump, peek = make_counter()
other, _ = make_counter(100)
print(bump(), bump(5), peek(), other(), peek())
