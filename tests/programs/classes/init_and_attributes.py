class Point:
    """A point."""
    dimensions = 2
    def __init__(self, x, y=0):
        self.x, self.y = x, y

p, q = Point(1), Point(2, 3)
print(p.x, p.y, q.x, q.y, p.dimensions, Point.dimensions)
p.dimensions = 3
print(p.dimensions, q.dimensions, p.__dict__, vars(q))
Point.dimensions = 9
print(p.dimensions, q.dimensions)
del p.dimensions
print(p.dimensions)
print(Point.__name__, Point.__doc__, Point.__module__, type(p) is Point, p.__class__ is Point)
