# allows: RecursionError
class C:
    def __format__(self, spec):
        return f"{self}"
    def __str__(self):
        return format(self)
print(C())
