# allows: OK
class Bad:
    def __del__(self):
        d.clear()
        d["new"] = 1
d = {n: Bad() for n in range(10)}
d[3] = 4
d.clear()
d = {n: Bad() for n in range(10)}
del d[5]
d.update({n: n for n in range(10)})
print(len(d) > 0)
