# allows: OK RuntimeError
class Bad:
    def __repr__(self):
        d.clear()
        return "x"
d = {n: Bad() for n in range(10)}
print(d)
