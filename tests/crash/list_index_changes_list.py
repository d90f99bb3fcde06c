# allows: OK IndexError
class I:
    def __index__(self):
        a.clear()
        return 5
a = list(range(10))
for action in "a[I()]", "a.insert(I(), 1)", "a.pop(I())", "a[I():8]", "a.__setitem__(I(), 1)", "a.__delitem__(slice(I(), None))":
    a = list(range(10))
    try:
        eval(action)
    except IndexError:
        pass
