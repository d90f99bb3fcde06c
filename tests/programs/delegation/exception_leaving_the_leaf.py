def leaf():
    yield 1
    raise KeyError("from leaf")
def middle():
    try:
        yield from leaf()
    finally:
        print("middle finally")
def root():
    try:
        yield from middle()
    except KeyError as error:
        names = []
        tb = error.__traceback__
        while tb:
            names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(names)
        yield "recovered"
r = root()
print(next(r), next(r), next(r, "end"))
