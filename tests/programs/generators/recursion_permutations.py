def permutations(items):
    if not items:
        yield ()
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (item, *rest)

print(list(permutations([1, 2, 3])))
print(sum(1 for _ in permutations(list("abcde"))))
