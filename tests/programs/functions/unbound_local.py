x = 1
def f():
    print(x)
    x = 2
def g():
    if False:
        y = 1
    return y
def h():
    z = 1
    del z
    return z
def i():
    for q in []:
        pass
    return q
for function in f, g, h, i:
    try:
        function()
    except UnboundLocalError as error:
        print(error)
