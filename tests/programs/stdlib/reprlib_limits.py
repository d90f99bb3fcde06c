import reprlib

print(reprlib.repr(list(range(50))), reprlib.repr("x" * 100), reprlib.repr({i: i for i in range(9)}))
print(reprlib.repr(set(range(20))), reprlib.repr((1,)), reprlib.repr(10**60), reprlib.repr([[[[[[[1]]]]]]]))
short = reprlib.Repr(maxlist=2, maxstring=10, fillvalue="~")
print(short.repr([1, 2, 3]), short.repr("abcdefghijklmnop"))


class Node:
    def __init__(self):
        self.children = [self]

    @reprlib.recursive_repr(fillvalue="<...>")
    def __repr__(self):
        return f"Node({self.children!r})"


print(Node())
