from collections import deque
d = deque([1, 2, 3])
for expression in """
d.append(4), d.appendleft(0), d, len(d), d[0], d[-1], 2 in d
d.pop(), d.popleft(), d
d.rotate(1), d, d.rotate(-2), d, d.rotate(7), d
d.extend([8, 9]), d.extendleft([6, 7]), d, d.count(8), d.index(8)
d.remove(8), d.insert(1, "x"), d.reverse(), d
d + deque([1]), d * 2, d == deque(list(d)), d.copy() is d, deque("ab") < deque("b"), list(reversed(d)), bool(deque()), deque() or "empty"
deque("abcde", maxlen=3), deque(maxlen=2).maxlen, deque([1]).maxlen, repr(deque([1], 5))
d[100]
deque().pop()
deque().popleft()
d.remove("nope")
d.index("nope")
hash(d)
d[0:1]
deque(5)
deque([], -1)
d + [1]
d.clear(), d
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
d = deque(range(3), 3)
d.append(3); print(d)
d.appendleft(9); print(d)
d[1] = "set"; del d[0]; print(d)
try:
    d.append(1); d.append(2); d.insert(1, 5)
except IndexError as error:
    print(error)
try:
    for x in d:
        d.append(x)
except RuntimeError as error:
    print(error)
