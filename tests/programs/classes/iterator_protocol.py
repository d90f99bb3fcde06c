class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return CountIterator(self.n)
class CountIterator:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
c = Count(3)
print(list(c), list(c), sum(c), 2 in c, tuple(zip(c, c)))
a, b, d = c
print(a, b, d)
class NotIterator:
    def __iter__(self): return 5
class IterNone:
    __iter__ = None
for x in NotIterator(), IterNone(), object():
    try:
        iter(x)
    except TypeError as error:
        print(error)
