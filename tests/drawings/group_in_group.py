def check(n):
    if n % 2:
        raise ValueError(f"odd: {n}")
    raise KeyError(n)
def gather(level, numbers):
    errors = []
    for n in numbers:
        try:
            check(n)
        except Exception as error:
            errors.append(error)
    if level:
        try:
            gather(level - 1, numbers[:2])
        except ExceptionGroup as inner:
            errors.append(inner)
    raise ExceptionGroup(f"level {level}", errors)
gather(1, [1, 2, 3])
