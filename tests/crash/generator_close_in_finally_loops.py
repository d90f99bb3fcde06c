# allows: OK RuntimeError
def gen():
    while True:
        try:
            yield
        finally:
            continue
g = gen()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
