class Circle:
    def __init__(self, r): self._r = r
    @property
    def radius(self):
        "The radius."
        return self._r
    @radius.setter
    def radius(self, value):
        if value < 0:
            raise ValueError("negative radius")
        self._r = value
    @radius.deleter
    def radius(self):
        print("deleting")
        self._r = 0
    @property
    def area(self): return 3 * self._r ** 2

c = Circle(2)
print(c.radius, c.area)
c.radius = 5
print(c.area)
del c.radius
print(c.radius, Circle.radius.__doc__, type(Circle.radius).__name__)
for action in "c.radius = -1", "c.area = 5", "del c.area", "c.nothing":
    try:
        exec(action)
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
p = property()
class E:
    x = p
    y = property(lambda self: 1, None, None, "doc of y")
print(E().y, E.y.__doc__, E.y.fget is not None, E.y.fset)
try:
    E().x
except AttributeError as error:
    print(error)
