"""The main module."""
import helper
print(__name__, __doc__, helper.__name__, helper.__doc__)
print(helper.value, helper.double(4), type(helper).__name__, repr(helper).split(" from ")[0])
helper.value = 99
print(helper.read(), hasattr(helper, "nope"))
try:
    helper.nope
except AttributeError as error:
    print(error)
print(sorted(n for n in dir(helper) if not n.startswith("__")))
