# allows: OK TypeError AttributeError
class X:
    pass
class Y:
    attribute = 1
class Meta(type):
    def mro(cls):
        return [cls, object]
class C(X, metaclass=Meta):
    pass
C.__bases__ = (Y,)
print(hasattr(C(), "attribute"))
