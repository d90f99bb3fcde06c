def one():
    x = 1
    y = 2
    return x

if True:
    print(1)
    print(2)
