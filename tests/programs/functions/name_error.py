def f():
    return undefined_thing

for action in f, lambda: pritn, lambda: undefined_thing:
    try:
        action()
    except NameError as error:
        print(type(error).__name__, error, error.name)
try:
    del never_defined
except NameError as error:
    print(error)
