try:
    try: pass
    except ValueError: print("never")
    else: raise KeyError("from else")
    finally: print("finally")
except KeyError as error:
    print(repr(error), error.__context__)
try:
    try: 1 / 0
    except ZeroDivisionError as error: undefined
except NameError as error:
    print(repr(error), "|", repr(error.__context__))
