# Recursion with generators: each node delegates to its children. The values
# come out of the whole tree as if from one flat loop.

tree = ("root", [
    ("fruit", [("apple", []), ("pear", [])]),
    ("empty", []),
    ("deep", [("er", [("and deeper", [])])]),
])


def walk(node, depth=0):
    name, children = node
    yield depth, name
    count = 1
    for child in children:
        count += yield from walk(child, depth + 1)
    return count


def show(tree):
    total = yield from walk(tree)
    print(f"{total} nodes")


for depth, name in show(tree):
    print("  " * depth + name)
