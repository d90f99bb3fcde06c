# allows: RecursionError MemoryError OK
import sys
sys.setrecursionlimit(2_000_000)
class C:
    def __repr__(self):
        return repr(self)
repr(C())
