class Empty: pass
class OnlyNew:
    def __new__(cls, a): return super().__new__(cls)
class OnlyInit:
    def __init__(self, a): pass
class BadSuper:
    def __new__(cls, a): return super().__new__(cls, a)
class BadInit:
    def __init__(self, a): super().__init__(a)

for action in (
    lambda: Empty(1),
    lambda: Empty(a=1),
    lambda: OnlyNew(),
    lambda: OnlyInit(),
    lambda: BadSuper(1),
    lambda: BadInit(1),
    lambda: object(1),
    lambda: object.__new__(),
    lambda: object.__new__(5),
):
    try:
        action()
        print("fine")
    except TypeError as error:
        print(error)
