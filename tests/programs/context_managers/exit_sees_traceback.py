import traceback
class M:
    def __enter__(self): return self
    def __exit__(self, kind, value, tb):
        print(kind is type(value), value.__traceback__ is tb, tb.tb_lineno)
        return True
with M():
    x = 1
    raise ValueError
