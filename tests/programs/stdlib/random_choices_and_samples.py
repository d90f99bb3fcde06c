# python: 3.13
import random

random.seed(2024)
print([random.randrange(100) for _ in range(5)], random.randint(1, 6), random.randrange(0, 50, 5))
print(random.choice("abcdef"), random.choices("abc", weights=[5, 1, 1], k=8))
print(random.sample(range(1000), 6), random.sample([1, 2, 3], 2), random.sample("ab", counts=[3, 2], k=4))
cards = list(range(10))
random.shuffle(cards)
print(cards, random.getrandbits(70), random.randbytes(5))

own = random.Random(7)
state = own.getstate()
first = [own.random() for _ in range(3)]
own.setstate(state)
print(first == [own.random() for _ in range(3)], first[0])

for bad in (
    lambda: random.choice([]),
    lambda: random.randint(5, 1),
    lambda: random.sample([1], 2),
    lambda: random.sample({1}, 1),
    lambda: random.choices("ab", [1]),
    lambda: random.choices("ab", [0, 0]),
    lambda: random.seed([1]),
):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
