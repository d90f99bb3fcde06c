# allows: OK ValueError
class Bad:
    def __lt__(self, other):
        a.append(Bad())
        del a[:]
        return True
a = [Bad() for _ in range(100)]
try:
    a.sort()
except ValueError as error:
    print(error)
