# allows: RecursionError
class C:
    def __repr__(self):
        return f"<{self!r}>"
print(C())
