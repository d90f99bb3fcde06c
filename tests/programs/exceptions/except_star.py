def run(*errors):
    try:
        try:
            raise ExceptionGroup("g", list(errors))
        except* ValueError as e:
            print("values", repr(e))
        except* (TypeError, KeyError) as e:
            print("types and keys", repr(e))
        else:
            print("else")
        finally:
            print("finally")
    except ExceptionGroup as left:
        print("left", repr(left))
run(ValueError(1), TypeError(2), ValueError(3))
run(OSError("o"), ValueError(1))
run(ExceptionGroup("in", [KeyError("k"), ValueError(5)]))
try:
    raise ValueError("plain")
except* ValueError as e:
    print(repr(e))
try: pass
except* ValueError: print("never")
else: print("else")
