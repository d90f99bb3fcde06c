# allows: OK IndexError ValueError
class I:
    def __index__(self):
        b.clear()
        return 3
b = bytearray(10)
for action in "b.__setitem__(I(), 1)", "b.__setitem__(1, I())", "b.insert(I(), 1)", "b.pop(I())":
    b = bytearray(10)
    try:
        eval(action)
    except IndexError:
        pass
