from itertools import product, permutations, combinations, combinations_with_replacement
for expression in """
list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(product("ab", [])), list(product("a", repeat=0)), len(list(product(range(5), repeat=3)))
list(permutations([1, 2, 3])), list(permutations("abc", 2)), list(permutations("ab", 0)), list(permutations("ab", 3)), list(combinations("abcd", 2)), list(combinations([1], 2)), list(combinations(range(4), 4))
list(combinations_with_replacement("ab", 2)), list(combinations_with_replacement("ab", 0)), sum(1 for _ in permutations(range(6))), len(list(combinations(range(10), 5)))
product("a", repeat=-1)
permutations(5)
combinations("a", -1)
combinations("a")
permutations("a", "b")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
