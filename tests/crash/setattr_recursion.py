# allows: RecursionError
class C:
    def __setattr__(self, name, value):
        self.name = value
C().a = 1
