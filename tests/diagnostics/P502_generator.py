def evens(xs):
    for x in xs:
        if x % 2 == 0:
            yield x
print(evens([1, 2, 3]).sort())
