a, b = ValueError("a"), KeyError("b")
try:
    try:
        raise a
    except ValueError:
        try:
            raise b
        except KeyError:
            raise a
except ValueError as error:
    print(repr(error), repr(error.__context__), error.__context__.__context__)
try:
    try: raise a
    except ValueError as e: raise e
except ValueError as error:
    print(error is a)
