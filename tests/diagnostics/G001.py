def echo():
    while True:
        x = yield
        print(x)
e = echo()
e.send(1)
