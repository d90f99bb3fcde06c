# allows: OK
class Bad:
    def __del__(self):
        a.clear()
        a.extend([1, 2, 3])
a = [Bad() for _ in range(10)]
a[3] = 4
a = [Bad() for _ in range(10)]
a.clear()
a = [Bad() for _ in range(10)]
a[2:5] = []
del a[:]
print("fine")
