# allows: OK MemoryError
class Liar:
    def __iter__(self):
        return iter([1])
    def __length_hint__(self):
        return 10 ** 15
try:
    list(Liar())
except MemoryError:
    print("refused")
