from itertools import chain, islice, zip_longest, starmap, compress, pairwise, batched
for expression in """
list(chain("ab", [1], ())), list(chain()), list(chain.from_iterable(["ab", [1]])), list(chain.from_iterable(range(n) for n in range(3)))
list(islice("abcdef", 3)), list(islice("abcdef", 2, 4)), list(islice("abcdef", 1, None, 2)), list(islice("abc", 0)), list(islice("abc", 10)), list(islice("abcdef", None, None, 3))
list(zip_longest("abc", [1])), list(zip_longest("ab", [1, 2, 3], fillvalue="-")), list(zip_longest())
list(starmap(pow, [(2, 3), (3, 2)])), list(compress("abcdef", [1, 0, 1, 0, 1])), list(pairwise("abcd")), list(pairwise([1])), list(batched("abcdefg", 3)), list(batched([], 2))
islice("abc", -1)
islice("abc", 1, 2, 0)
islice("abc", "x")
islice("abc")
list(chain(5))
list(chain([1], 5))
zip_longest("a", bad=1)
batched("abc", 0)
list(batched("abcd", 3, strict=True))
list(starmap(pow, [5]))
pairwise(5)
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
it = iter(range(10))
print(list(islice(it, 3)), list(islice(it, 1, 3)), next(it))
