def gen():
    try:
        yield 1
    finally:
        print("cleaned up")

g = gen()
next(g)
print("dropping")
g = None
print("dropped")
