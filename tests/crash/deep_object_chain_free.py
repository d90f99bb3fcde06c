# allows: OK
class Node:
    def __init__(self, next_node):
        self.next_node = next_node

node = None
for _ in range(300_000):
    node = Node(node)
node = None
print("freed")
