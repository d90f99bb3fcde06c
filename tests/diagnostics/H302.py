# python: 3.13
# plain: none
from collections import Iterable

print(isinstance([1, 2], Iterable))
