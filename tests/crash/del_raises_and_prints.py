# allows: OK
class Bad:
    def __repr__(self):
        raise ValueError("repr")
    def __del__(self):
        raise KeyError(self)
b = Bad()
del b
print("fine")
