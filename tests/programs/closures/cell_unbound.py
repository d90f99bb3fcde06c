def outer():
    def inner():
        return value
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    value = 1
    print(inner())
    del value
    try:
        inner()
    except NameError as error:
        print(error)
    try:
        print(value)
    except UnboundLocalError as error:
        print(error)

outer()
