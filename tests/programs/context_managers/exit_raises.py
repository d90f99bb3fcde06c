class M:
    def __enter__(self): pass
    def __exit__(self, *exc): raise RuntimeError("from exit")
try:
    with M():
        raise ValueError("from body")
except RuntimeError as error:
    print(error, repr(error.__context__))
try:
    with M():
        pass
except RuntimeError as error:
    print(error, error.__context__)
