def gen():
    yield from 5

try:
    next(gen())
except TypeError as error:
    print(error)

class HasNoNext:
    def __iter__(self):
        return 3

def gen2():
    yield from HasNoNext()

try:
    next(gen2())
except TypeError as error:
    print(error)
