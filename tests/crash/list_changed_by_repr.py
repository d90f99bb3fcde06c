# allows: OK
class Bad:
    def __repr__(self):
        a.clear()
        return "x"
a = [Bad() for _ in range(100)]
print(a)
