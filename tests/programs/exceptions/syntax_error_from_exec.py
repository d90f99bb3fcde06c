try:
    exec("a = 1\nb = = 2\n")
except SyntaxError as error:
    print(error)
    print(error.filename, error.lineno, error.offset, repr(error.text))
    print(error.args)
eval("1 +")
