# python: 3.13
import random
random.seed(42)
print([random.random() for _ in range(3)])
print([random.randint(1, 6) for _ in range(10)], [random.randrange(0, 100, 5) for _ in range(5)], random.uniform(1, 2))
print([random.choice("abcdef") for _ in range(5)], random.choices([1, 2, 3], k=5), random.choices("ab", weights=[9, 1], k=6), random.sample(range(100), 5))
items = list(range(10)); random.shuffle(items); print(items)
print(random.getrandbits(40), random.randbytes(4), random.gauss(0, 1), random.betavariate(1, 2), random.expovariate(1), random.triangular(0, 1, 0.5), random.normalvariate(0, 1))
r = random.Random("text seed")
print(r.random(), r.randint(0, 10 ** 30), r.sample("abc", 2))
for seed in 0, 1, -5, 2 ** 100, 1.5, b"bytes", None:
    if seed is not None:
        print(seed, random.Random(seed).random())
state = random.getstate(); a = random.random(); random.setstate(state); print(a == random.random())
for action in (
    lambda: random.choice([]),
    lambda: random.randint(5, 1),
    lambda: random.sample([1], 2),
    lambda: random.randrange(0),
    lambda: random.seed([]),
    lambda: random.sample({1, 2}, 1),
    lambda: random.choices([], k=1),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
