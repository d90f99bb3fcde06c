"""Reading and writing attributes."""
class Point:
    def __init__(self):
        self.x = self.y = self.z = 1

p = Point()

def work(n):
    for _ in range(n):
        p.x = p.y + p.z
        p.y = p.z + 1
        p.z = p.x - p.y

work(10_000_000)
print(p.x, p.y, p.z)
