# allows: OK
class Node:
    count = 0
    def __init__(self, next_node):
        self.next_node = next_node
    def __del__(self):
        Node.count += 1

node = None
for _ in range(100_000):
    node = Node(node)
node = None
print(Node.count > 0)
