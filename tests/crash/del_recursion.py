# allows: OK
class Bad:
    def __del__(self):
        self.__del__()
b = Bad()
del b
print("fine")
