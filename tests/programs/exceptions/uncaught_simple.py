def outer(n):
    return inner(n) + 1

def inner(n):
    print("about to fail")
    value = 10 / n
    return value

outer(0)
