# allows: RecursionError
class C:
    @property
    def p(self):
        return self.p
C().p
