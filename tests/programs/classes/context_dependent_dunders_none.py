class NoIter: __iter__ = None
class NoContains:
    __contains__ = None
    def __iter__(self): return iter([1])
class NoAdd:
    __radd__ = None
class NoEq: __eq__ = None
for action in (
    lambda: list(NoIter()),
    lambda: 1 in NoContains(),
    lambda: 1 + NoAdd(),
    lambda: hash(NoEq()),
    lambda: NoEq() == 1,
):
    try:
        print(action())
    except TypeError as error:
        print(error)
