"""What suspended generators hold ends with them: in a cycle, and variable by variable at the end of the program."""
import gc


class Held:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def holds(name):
    held = Held(name)
    try:
        yield name
    finally:
        print("finally", held.name)


class Node:
    pass


node = Node()
node.me = node
node.generator = holds("in a cycle")
next(node.generator)
del node
gc.collect()
first = holds("first")
next(first)
many = [holds(number) for number in range(3)]
for last_of_many in many:
    next(last_of_many)
many.clear()
never_started = holds("never started")
held = Held("held by the module")
second = holds("second")
next(second)
node = Node()
node.me = node
node.generator = holds("in a cycle at the end")
next(node.generator)
print("end of the module")
