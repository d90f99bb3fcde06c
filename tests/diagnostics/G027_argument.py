def g():
    print(yield 1, 2)   # comment
