class C:
    def m(self, a): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(x): pass
    def noself(): pass
    def __init__(self, x=0): pass
    def __call__(self, y): pass

c = C()
for call in (
    lambda: c.m(),
    lambda: c.m(1, 2),
    lambda: C.m(),
    lambda: c.c(1),
    lambda: c.s(),
    lambda: c.noself(),
    lambda: C(1, 2),
    lambda: c(),
    lambda: c(z=1),
):
    try:
        call()
    except TypeError as error:
        print(error)
