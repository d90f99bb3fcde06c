a, b = {1, 2, 3}, {3, 4}
for expression in """
a | b, a & b, a - b, b - a, a ^ b, a == {3, 2, 1}, a != b, 2 in a, 9 in a, len(a), {1} < a, a <= a, a < a, a > {1, 2}, a >= {9}, a.isdisjoint({7}), a.issubset(range(9)), a.issuperset([1])
a.union([5], (6,)), a.intersection([1, 2, 9], [2]), a.difference([1], [2]), a.symmetric_difference([3, 7]), a.union(), a.intersection(), a.copy() is a, set() or "empty", set("hello") == set("ehlo")
set(), {*()}, set([1, 1, 2]), frozenset([1]), set(range(3)), {1, 1.0, True}, set({"a": 1}), frozenset(), set(frozenset([2]))
a | [1]
a & "x"
a - 5
a < [1]
a | frozenset([9]), frozenset([9]) | a, type(a | frozenset()).__name__, type(frozenset() | a).__name__, frozenset([1]) == {1}
{[]}
{{}}
set([[]])
set(5)
hash(a)
hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset([1]): "f"}[frozenset([1])], frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])}
[] in a
a[0]
a + b
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
