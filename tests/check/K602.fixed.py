from concurrent.futures import ThreadPoolExecutor
import sys

totals = [1, 2]
print(sum(total))


class Account:
    rate = 2

    def interest(self):
        return rate * self.balance

    table = [rate for _ in range(3)]


def later():
    return defined_below, undefined_anywhere


defined_below = [x for x in sys.argv if (y := x)]
print(y, x, __name__, __file__)


def generic[T](value: T) -> T:
    local: never_evaluated = value
    return local


def deleted():
    name = 1
    del name
    return [name for name in "ab"], lambda name: name


match totals:
    case [first, *rest]:
        print(first, rest)
try:
    import tomllib
except ImportError:
    tomllib = None
with open(sys.argv[0]) as file, ThreadPoolExecutor() as pool:
    print(file, pool, tomllib)
