class Guard:
    def __setattr__(self, name, value):
        print("set", name, value)
        if name == "forbidden":
            raise AttributeError("cannot set forbidden")
        super().__setattr__(name, value)
    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)
g = Guard()
g.a = 1
setattr(g, "b", 2)
print(g.__dict__)
del g.a
delattr(g, "b")
for action in "g.forbidden = 1", "del g.nothing":
    try:
        exec(action)
    except AttributeError as error:
        print(error)
