def f(n):
    return f(n + 1)
try:
    f(0)
except RecursionError as error:
    print(error)
class R:
    def __repr__(self): return repr(self)
    def __getattr__(self, name): return getattr(self, name + "x")
    def __eq__(self, other): return other == self
    def __call__(self): return self()
for action in lambda: repr(R()), lambda: R().a, lambda: R() == R(), lambda: R()():
    try:
        action()
    except RecursionError as error:
        print(str(error).split(" while")[0])
print("still alive")
