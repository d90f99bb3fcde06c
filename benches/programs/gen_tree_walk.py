"""A binary tree walked by recursive generators."""
class Node:
    __slots__ = ("left", "value", "right")

    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right

def build(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(build(low, middle), middle, build(middle + 1, high))

tree = build(0, 60_000)
total = 0
for _ in range(12):
    for value in tree:
        total = (total * 3 + value) & 0xFFFFFFFF
print(total)
