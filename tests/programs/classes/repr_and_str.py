class Neither: pass
class OnlyRepr:
    def __repr__(self): return "R"
class OnlyStr:
    def __str__(self): return "S"
class Both:
    def __repr__(self): return "R"
    def __str__(self): return "S"
print(repr(Neither()).startswith("<__main__.Neither object at 0x"))
print(OnlyRepr(), str(OnlyRepr()), f"{OnlyRepr()}", [OnlyRepr()])
print(OnlyStr(), repr(OnlyStr()).startswith("<__main__.OnlyStr"))
print(Both(), [Both()], f"{Both()} {Both()!r} {Both()!s}", "%s %r" % (Both(), Both()), {Both(): Both()})
class Bad:
    def __repr__(self): return 5
    def __str__(self): return None
for action in repr, str, print, "{}".format:
    try:
        action(Bad())
    except TypeError as error:
        print(error)
print(Neither, int, type(None), type(print), type(len), type, object)
