import lazy
print(lazy.known, lazy.made_up)
from lazy import other
print(other, dir(lazy))
try:
    lazy.missing
except AttributeError as error:
    print(error)
