saved = []
class Phoenix:
    def __del__(self):
        print("dying")
        saved.append(self)
p = Phoenix()
p.mark = 7
del p
print(saved[0].mark)
saved.clear()
print("not called twice")
