# allows: RecursionError
class C:
    def __eq__(self, other):
        return other == self
C() == C()
