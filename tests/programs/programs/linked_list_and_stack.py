class Node:
    __slots__ = "value", "next"
    def __init__(self, value, next=None): self.value, self.next = value, next
class LinkedList:
    def __init__(self, items=()):
        self.head = None
        for item in reversed(list(items)): self.push(item)
    def push(self, value): self.head = Node(value, self.head)
    def pop(self):
        if not self: raise IndexError("pop from empty list")
        value, self.head = self.head.value, self.head.next
        return value
    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next
    def __bool__(self): return self.head is not None
    def __len__(self): return sum(1 for _ in self)
    def reverse(self):
        previous, node = None, self.head
        while node: node.next, previous, node = previous, node, node.next
        self.head = previous
    def __str__(self): return " -> ".join(map(str, self)) or "empty"
l = LinkedList("abc")
l.push("z"); print(l, len(l), "b" in l, l.pop()); l.reverse(); print(l)
while l: l.pop()
print(l)
try: l.pop()
except IndexError as error: print(error)
