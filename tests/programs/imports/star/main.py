from with_all import *
from without_all import *
print(public, listed, sorted(n for n in globals() if n in ("_private", "_listed", "hidden", "shown", "_under")))
print(_listed, shown)
try:
    from broken_all import *
except AttributeError as error:
    print(error)
