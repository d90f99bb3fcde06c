def first():
    return {}["missing"]
def second():
    try:
        first()
    except KeyError:
        raise ValueError("while handling")
def third():
    try:
        second()
    except ValueError as error:
        raise RuntimeError("explicit") from error
third()
