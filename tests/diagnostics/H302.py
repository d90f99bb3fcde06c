# python: 3.13
from collections import Iterable

print(isinstance([1, 2], Iterable))
