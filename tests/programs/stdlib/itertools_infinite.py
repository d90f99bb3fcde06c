from itertools import count, cycle, repeat, islice
for expression in """
list(islice(count(), 3)), list(islice(count(5), 3)), list(islice(count(1, -2), 4)), list(islice(count(0.5, 0.5), 3)), list(islice(count(2 ** 62), 2)), count(3), count(1, 2)
list(islice(cycle("ab"), 5)), list(cycle([])), list(repeat("x", 3)), list(repeat(1, 0)), list(islice(repeat(5), 2)), list(repeat(1, -5)), repeat(5, 2), repeat("a")
list(map(pow, range(4), repeat(2))), list(zip(count(1), "ab")), next(cycle(iter([7, 8]))), repeat(1, 3).__length_hint__()
count("a")
repeat()
cycle(5)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
