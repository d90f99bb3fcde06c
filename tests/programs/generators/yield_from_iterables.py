def chain(*iterables):
    for it in iterables:
        result = yield from it
        print("result", result)

print(list(chain([1, 2], (3,), "ab", {5: 6}, range(2), iter([9]), (x * x for x in range(3)))))
