"""Making instances with __init__."""
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

total = Vector(0, 0)
one = Vector(1, 2)
for _ in range(3_500_000):
    total = total + one
print(total.x, total.y)
