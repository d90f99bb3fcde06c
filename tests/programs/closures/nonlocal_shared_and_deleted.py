def f():
    x = 1
    def setter(v):
        nonlocal x
        x = v
    def deleter():
        nonlocal x
        del x
    def getter():
        return x
    setter(5)
    print(getter())
    deleter()
    try:
        getter()
    except NameError as error:
        print(error)
    setter(6)
    print(x)

f()
