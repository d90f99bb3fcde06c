"""Assigning __code__ leaves the calls that have begun alone, and what an exception remembers of ended ones."""


def small():
    yield "small 1"
    yield "small 2"


def large():
    a = b = c = d = e = f = g = "large"
    items = [a, b, c, d, e, f, g]
    yield "large 1"
    print(items)
    yield "large 2"


def fails():
    raise ValueError("first")


def fails_later():
    number = 1
    number += 1

    raise KeyError("second")


old = [small() for _ in range(3)]
print([next(generator) for generator in old])
small.__code__ = large.__code__
new = small()
print(next(new), next(new))
print([next(generator) for generator in old], [next(generator, None) for generator in old])
print(old[0].gi_code.co_name, new.gi_code.co_name)

try:
    fails()
except ValueError as error:
    entry = error.__traceback__.tb_next
before = entry.tb_lineno, entry.tb_frame.f_code.co_name
fails.__code__ = fails_later.__code__
print(before == (entry.tb_lineno, entry.tb_frame.f_code.co_name), before)
try:
    fails()
except KeyError as error:
    print(error.__traceback__.tb_next.tb_lineno - entry.tb_lineno)


def replaces_itself(depth):
    if depth:
        replaces_itself(depth - 1)
    else:
        replaces_itself.__code__ = (lambda depth: "replaced").__code__
    return "went on to the end"


print(replaces_itself(3), replaces_itself(3))
