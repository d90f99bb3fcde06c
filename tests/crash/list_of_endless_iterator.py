# allows: MemoryError OverflowError
from itertools import repeat
list(repeat("x", 10 ** 13))
