# allows: OK NameError ImportError
import builtins
for name in "len", "print", "__build_class__", "Exception", "ValueError", "range":
    delattr(builtins, name)
try:
    [].index(5)
except:
    pass
class C:
    pass
