def fail(n):
    raise ValueError(n)
errors = []
for n in range(2):
    try:
        fail(n)
    except ValueError as error:
        errors.append(error)
errors.append(ExceptionGroup("inner", [KeyError("never raised")]))
raise ExceptionGroup("outer", errors)
