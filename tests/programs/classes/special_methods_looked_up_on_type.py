class C: pass
c = C()
c.__len__ = lambda: 5
c.__repr__ = lambda: "instance repr"
c.__call__ = lambda: "called"
for action in lambda: len(c), lambda: c():
    try:
        print(action())
    except TypeError as error:
        print(error)
print(repr(c).startswith("<__main__.C object"))
C.__len__ = lambda self: 7
print(len(c))
del C.__len__
try:
    len(c)
except TypeError as error:
    print(error)
