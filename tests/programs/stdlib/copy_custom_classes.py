import copy


class Tree:
    def __init__(self, value, children=()):
        self.value = value
        self.children = list(children)
        self.parent = None
        for child in self.children:
            child.parent = self


tree = Tree("root", [Tree("leaf")])
twin = copy.deepcopy(tree)
print(twin.children[0].parent is twin, twin.children[0] is tree.children[0], copy.copy(tree).children is tree.children)


class Slotted:
    __slots__ = ("a", "b")


s = Slotted()
s.a = [1]
print(copy.copy(s).a is s.a, copy.deepcopy(s).a is s.a, hasattr(copy.copy(s), "b"))


class Custom:
    def __copy__(self):
        return "shallow"

    def __deepcopy__(self, memo):
        return "deep"


print(copy.copy(Custom()), copy.deepcopy([Custom()]))


class Stateful:
    def __init__(self):
        self.kept, self.dropped = 1, 2

    def __getstate__(self):
        return {"kept": self.kept}


print(vars(copy.copy(Stateful())))


class Stack(list):
    pass


stack = Stack([1, [2]])
stack.name = "s"
other = copy.deepcopy(stack)
print(type(other).__name__, other, other.name, other[1] is stack[1])
loop = []
loop.append(loop)
deep = copy.deepcopy(loop)
print(deep[0] is deep, copy.copy((1, 2)), copy.deepcopy({"k": {1}}))
try:
    copy.replace(3)
except TypeError as error:
    print(error)
