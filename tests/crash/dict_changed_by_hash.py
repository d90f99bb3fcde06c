# allows: OK
class Bad:
    def __hash__(self):
        d.clear()
        return 5
d = {n: n for n in range(100)}
d[Bad()] = 1
d.update({Bad(): 2, 5: 6})
print(len(d) > 0)
