# allows: RecursionError
class C:
    def __hash__(self):
        return hash(self)
{C(): 1}
