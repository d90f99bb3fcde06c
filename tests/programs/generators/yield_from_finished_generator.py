def inner():
    yield 1
    return "value"

def outer(sub):
    result = yield from sub
    print("result", result)

sub = inner()
print(list(outer(sub)))
print(list(outer(sub)))
