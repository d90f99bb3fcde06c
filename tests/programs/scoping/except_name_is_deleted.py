e = "before"
try:
    raise ValueError("x")
except ValueError as e:
    print("in handler", e)
print("e" in globals())
def f():
    try:
        raise KeyError
    except KeyError as err:
        err = "rebound"
        print(err)
    try:
        return err
    except UnboundLocalError as error:
        return str(error)
print(f())
