class Tracked:
    def __new__(cls, *args, **kw):
        print("__new__", cls.__name__, args, kw)
        return super().__new__(cls)
    def __init__(self, *args, **kw):
        print("__init__", args, kw)

class Other:
    def __new__(cls):
        return "not an instance"
    def __init__(self):
        print("never called")

Tracked(1, k=2)
print(Other())
