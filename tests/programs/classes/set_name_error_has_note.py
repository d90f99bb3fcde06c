class Bad:
    def __set_name__(self, owner, name):
        raise ValueError("no " + name)
try:
    class C:
        x = Bad()
except ValueError as error:
    print(error, error.__notes__)
