class Secret:
    __hidden = 1
    def __init__(self):
        self.__value = 2
        self.__dunder__ = 3
    def get(self):
        return self.__value, Secret.__hidden, self.__dunder__
    def __private(self):
        return "private"
    def call(self, __arg=5):
        return self.__private(), __arg

class Sub(Secret):
    def steal(self):
        return self.__value

s = Sub()
print(s.get(), s.call(), sorted(vars(s)), s._Secret__hidden)
try:
    s.steal()
except AttributeError as error:
    print(error)
try:
    s.__value
except AttributeError as error:
    print(error)
class _Under:
    __x = 1
print([n for n in vars(_Under) if n.endswith("__x")])
