# oracle: 3.8
import warnings

warnings.simplefilter("ignore")
import inspect
import random
import sys


def greet(name, greeting="hello", *rest, **more):
    pass


print(inspect.getargspec(greet))
print(inspect.formatargspec(*inspect.getfullargspec(greet)))
random.seed(7)
print(sorted(random.sample({10, 20, 30}, 3)))
cards = list(range(6))
random.shuffle(cards, lambda: 0.0)
print(cards)
sys.setcheckinterval(50)
print(sys.getcheckinterval())
import imp

module = imp.new_module("lesson")
print(module, imp.PY_SOURCE, callable(imp.reload))
