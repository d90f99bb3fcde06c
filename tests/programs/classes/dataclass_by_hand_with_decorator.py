def auto(cls):
    fields = list(cls.__annotations__)
    def __init__(self, *args, **kw):
        for name, value in zip(fields, args): setattr(self, name, value)
        for name, value in kw.items(): setattr(self, name, value)
    def __repr__(self):
        return f"{cls.__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in fields)})"
    def __eq__(self, other):
        return type(other) is cls and all(getattr(self, n) == getattr(other, n) for n in fields)
    cls.__init__, cls.__repr__, cls.__eq__ = __init__, __repr__, __eq__
    return cls
@auto
class P:
    x: int
    y: int = 0
print(P(1, 2), P(1), P(y=3, x=4) == P(4, 3), P(1) == P(2))
