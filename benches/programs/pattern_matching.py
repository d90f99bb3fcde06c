"""match statements over tuples and classes."""
class Leaf:
    __match_args__ = ("value",)
    def __init__(self, value):
        self.value = value

def evaluate(node):
    match node:
        case Leaf(value):
            return value
        case ("+", a, b):
            return evaluate(a) + evaluate(b)
        case ("*", a, b):
            return evaluate(a) * evaluate(b)
        case ("-", a):
            return -evaluate(a)

tree = ("+", ("*", Leaf(3), Leaf(4)), ("-", ("+", Leaf(1), ("*", Leaf(2), Leaf(5)))))
total = 0
for _ in range(400_000):
    total += evaluate(tree)
print(total)
