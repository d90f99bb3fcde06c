try:
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            {}["missing"]
    except KeyError as error:
        raise ValueError("last") from error
except ValueError as error:
    print(repr(error), repr(error.__cause__), repr(error.__context__))
    print(repr(error.__context__.__context__), error.__context__.__context__.__context__)
try:
    try:
        raise ValueError("a")
    finally:
        raise KeyError("b")
except KeyError as error:
    print(repr(error.__context__))
