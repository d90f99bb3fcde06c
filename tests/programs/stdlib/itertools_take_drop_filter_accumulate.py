from itertools import takewhile, dropwhile, filterfalse, accumulate
import operator
for expression in """
list(takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(filterfalse(lambda x: x % 2, range(5))), list(filterfalse(None, [0, 1, ""]))
list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([], initial=5)), list(accumulate("abc")), list(accumulate([3, 1, 4, 1, 5], max)), list(accumulate([]))
takewhile(5)
list(takewhile(5, [1]))
accumulate(5)
list(accumulate([1, "a"]))
list(dropwhile(None, [1]))
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
