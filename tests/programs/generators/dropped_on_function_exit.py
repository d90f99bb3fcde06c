def gen(name):
    try:
        yield
    finally:
        print("closing", name)

def work():
    a = gen("a"); next(a)
    b = gen("b"); next(b)
    print("leaving")

work()
print("left")
