def f(a, b=1, *, c=2):
    "The doc."
    x = a
    return x

print(f.__name__, f.__qualname__, f.__doc__, f.__module__)
print(f.__defaults__, f.__kwdefaults__, f.__closure__, f.__dict__)
f.tag = "tagged"
print(f.tag, f.__dict__)
f.__name__ = "renamed"
f.__doc__ = None
print(f.__name__, f.__doc__)
f.__defaults__ = (10,)
f.__kwdefaults__ = {"c": 20}
print(f(1), f.__code__.co_varnames, f.__code__.co_argcount, f.__code__.co_kwonlyargcount)
try:
    f.__name__ = 5
except TypeError as error:
    print(error)
try:
    f.missing
except AttributeError as error:
    print(error)
