# allows: TypeError
class Meta(type):
    def mro(cls):
        return [1, 2, 3]
class C(metaclass=Meta):
    pass
