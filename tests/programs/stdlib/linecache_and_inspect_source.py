import linecache, inspect
print(repr(linecache.getline(__file__, 1)), repr(linecache.getline(__file__, 999)), repr(linecache.getline("nope", 1)))
def f(a,
      b=1):
    # a comment
    return a + b
print(inspect.getsource(f), end="")
print(inspect.getsourcelines(f)[1], inspect.getfile(f) == __file__)
class C:
    def m(self): pass
print(inspect.getsource(C.m), end="")
