try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError:
        raise KeyError("new")
    except* TypeError:
        raise
except ExceptionGroup as group:
    print(repr(group))
    print(repr(group.exceptions[0].__context__))
try:
    try: raise ValueError("x")
    except* KeyError: pass
except ValueError as error:
    print("unchanged", repr(error))
try:
    try: raise ExceptionGroup("g", [ValueError()])
    except* ExceptionGroup: pass
except TypeError as error:
    print(error)
