def gen():
    try:
        yield
    finally:
        raise ValueError("in finally")

g = gen()
next(g)
del g
print("execution goes on")
