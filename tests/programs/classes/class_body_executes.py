class C:
    print("in body", __qualname__, __module__)
    for i in range(3):
        exec(f"attr{i} = {i}")
    if i > 1:
        flag = True
    x = y = [i]
    def f(self): return self.x
    g = f
    class Inner:
        z = 5
    del i
print(C.attr2, C.flag, C.x is C.y, C().g(), C.Inner.z, C.Inner.__qualname__, hasattr(C, "i"))
class Empty: ...
class Doc:
    """doc"""
    __doc__ += "!"
print(Empty.__doc__, Doc.__doc__)
