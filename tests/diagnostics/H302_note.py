# plain: none
from collections import Iterable

print(isinstance([], Iterable))
