def f():
    secret = 5
    def g():
        try:
            return eval("secret")
        except NameError as error:
            return str(error)
    return g(), (lambda: secret)()

print(f())
