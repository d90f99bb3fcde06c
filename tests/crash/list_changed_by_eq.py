# allows: OK ValueError
class Bad:
    def __eq__(self, other):
        a.clear()
        return False
a = [Bad() for _ in range(100)]
for action in lambda: a.index(5), lambda: a.count(5), lambda: 5 in a, lambda: a.remove(5), lambda: a == [1] * 100:
    a = [Bad() for _ in range(100)]
    try:
        action()
    except ValueError:
        pass
print(len(a))
