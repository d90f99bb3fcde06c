def leaf():
    yield 1
def middle():
    try:
        yield from leaf()
    except ValueError as error:
        print("middle caught", error)
    yield from leaf()
    return "m"
def root():
    print("root got", (yield from middle()))
r = root()
print(next(r))
print(r.throw(ValueError("v")))
print(next(r, "end"))
