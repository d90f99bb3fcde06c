def f():
    try:
        try:
            raise ValueError("one")
        finally:
            print("inner finally")
    except ValueError:
        print("handler")
        try:
            raise KeyError("two")
        finally:
            print("handler finally")
    finally:
        print("outer finally")
try:
    f()
except KeyError as error:
    print(repr(error), repr(error.__context__))
