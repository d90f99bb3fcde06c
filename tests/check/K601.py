def first(items):
    return items[0]
    print("first of", items)


def forever():
    while True:
        yield 1
    print("never")


def nothing():
    return
    yield


def sign(number):
    if number < 0:
        return "-"
    elif number > 0:
        return "+"
    else:
        raise ValueError(number)
    return "?"


def search(names):
    for name in names:
        if name:
            break
            print(name)
    while True:
        if names:
            break
    print("reached")


def both():
    try:
        return 1
    finally:
        print("done")
    print("not reached")


def swallowed(lock):
    with lock:
        raise ValueError
    print("reached, when the lock swallows it")
