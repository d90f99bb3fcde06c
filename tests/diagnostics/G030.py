class Count:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def next(self):
        self.n += 1
        return self.n
for x in Count():
    print(x)
