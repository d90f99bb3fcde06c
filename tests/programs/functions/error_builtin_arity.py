calls = [
    lambda: len(), lambda: len(1, 2), lambda: len([], x=1), lambda: isinstance(1), lambda: abs(), lambda: ord("a", "b"),
    lambda: [].append(), lambda: [].append(1, 2), lambda: "a".upper(1), lambda: {}.get(), lambda: {}.get(1, 2, 3),
    lambda: divmod(1), lambda: pow(2), lambda: round(), lambda: sorted(), lambda: sorted([], 1), lambda: print(1, bad=2),
    lambda: int("1", "2"), lambda: "a".split(1, 2, 3), lambda: hash(), lambda: iter(), lambda: next(), lambda: range(),
    lambda: [].pop(1, 2), lambda: [].sort(1), lambda: "".join(), lambda: max(), lambda: getattr(1), lambda: zip(1),
]
for call in calls:
    try:
        call()
    except TypeError as error:
        print(error)
