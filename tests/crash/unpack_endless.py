# allows: ValueError
from itertools import count
a, b = count()
