class Base:
    def __init__(self, **kw):
        print("Base", kw)
class Left(Base):
    def __init__(self, *, left, **kw):
        print("Left", left)
        super().__init__(**kw)
class Right(Base):
    def __init__(self, *, right, **kw):
        print("Right", right)
        super().__init__(**kw)
class Both(Left, Right):
    pass
Both(right=1, left=2, extra=3)
