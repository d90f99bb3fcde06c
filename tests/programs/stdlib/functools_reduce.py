from functools import reduce
import operator
for expression in """
reduce(operator.add, [1, 2, 3]), reduce(lambda a, b: a * 10 + b, [1, 2, 3]), reduce(operator.add, [], "start"), reduce(max, [3, 9, 2], 5), reduce(lambda a, b: f"({a} {b})", "abcd")
reduce(operator.add, [])
reduce(operator.add, 5)
reduce(5, [1, 2])
reduce(operator.add)
reduce(operator.add, [1, "a"])
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
