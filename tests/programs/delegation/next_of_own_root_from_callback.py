# A leaf that is resumed through its root must not resume it again, but may once it is suspended.
def leaf():
    yield 1
    try:
        next(r)
    except ValueError as error:
        yield str(error)
    yield 3
def root():
    yield from leaf()
r = root()
print(list(r))
