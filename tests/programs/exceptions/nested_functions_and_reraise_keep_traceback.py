def a():
    try:
        b()
    except ValueError:
        print("passing on")
        raise
def b():
    raise ValueError("from b")
a()
