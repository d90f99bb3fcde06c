# allows: RecursionError
class C:
    def __bool__(self):
        return not self
bool(C())
