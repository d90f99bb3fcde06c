from functools import lru_cache, cache
calls = []
@lru_cache(maxsize=2)
def square(x):
    calls.append(x)
    return x * x
print(square(2), square(2), square(3), square(4), square(2), calls)
print(square.cache_info(), square.__name__, square.__wrapped__(9))
square.cache_clear()
print(square.cache_info())
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(100), fib.cache_info())
@lru_cache
def typed(x, y=1): return x, y
print(typed(1), typed(1, y=1), typed(1.0), typed.cache_info())
@lru_cache(typed=True)
def t(x): return x
t(1), t(1.0), t(True)
print(t.cache_info(), t.cache_parameters())
try:
    square([])
except TypeError as error:
    print(error)
