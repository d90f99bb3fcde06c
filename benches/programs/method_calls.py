"""Methods of a small object."""
class Counter:
    def __init__(self):
        self.n = 0
    def bump(self, by):
        self.n += by
        return self
    def get(self):
        return self.n

c = Counter()
for i in range(3_500_000):
    c.bump(i).get()
print(c.get())
