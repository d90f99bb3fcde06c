class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, twice=False): return (x + self.n) * (2 if twice else 1)

add = Adder(3)
print(add(1), add(1, twice=True), callable(add), callable(5), list(map(add, range(3))))
add.__call__ = lambda x: "never used"
print(add(0))
