import functools
import inspect


def f(a, b=1, /, c: int = 2, *args, d, e=5, **kw) -> str:
    pass


signature = inspect.signature(f)
print(signature, list(signature.parameters))
for parameter in signature.parameters.values():
    print(parameter, parameter.kind.description, parameter.default is parameter.empty)

bound = signature.bind(1, d=4, z=9)
print(bound, bound.args, bound.kwargs)
bound.apply_defaults()
print(bound.arguments)

for args, kwargs in [((), {}), ((1,), {}), ((1, 2, 3, 4), {"d": 1, "c": 2})]:
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        print(error)


class Point:
    def __init__(self, x, y=0):
        pass

    def move(self, dx, *, fast=False):
        pass


print(inspect.signature(Point), inspect.signature(Point.move), inspect.signature(Point(1).move))
print(inspect.signature(functools.partial(f, 1, d=2)))


@functools.wraps(f)
def wrapper(*args, **kwargs):
    pass


print(inspect.signature(wrapper), inspect.signature(wrapper, follow_wrapped=False))
print(inspect.getfullargspec(f))
print(inspect.getcallargs(Point.move, None, 3))
