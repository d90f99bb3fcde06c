def hello():
    print("hi")
    yield


def decorate(function):
    return function


@decorate
def decorated():
    yield


hello()
decorated()
print(hello())
for x in hello:
    print(x)
print(list(hello), sum(hello()))
it = hello()
it.next()
