# allows: RecursionError
class C:
    def __enter__(self):
        with self:
            pass
    def __exit__(self, *error):
        pass
with C():
    pass
