class LRU:
    def __init__(self, size):
        self.size, self.data, self.hits = size, {}, 0
    def __call__(self, function):
        def wrapper(*args):
            if args in self.data:
                self.hits += 1
                self.data[args] = self.data.pop(args)
                return self.data[args]
            if len(self.data) >= self.size:
                del self.data[next(iter(self.data))]
            result = self.data[args] = function(*args)
            return result
        wrapper.cache = self
        return wrapper
@LRU(3)
def square(n):
    print("computing", n)
    return n * n
print([square(n) for n in (1, 2, 3, 1, 4, 2)], square.cache.hits, list(square.cache.data))
