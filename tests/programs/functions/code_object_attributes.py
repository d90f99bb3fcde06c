def f(a, b, /, c, *args, d, **kw):
    local = a
    def inner(): return local
    return inner

code = f.__code__
print(code.co_name, code.co_qualname, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount)
print(code.co_varnames, code.co_cellvars, code.co_freevars, code.co_nlocals)
print(code.co_firstlineno, code.co_flags & 4 != 0, code.co_flags & 8 != 0)
inner = f(1, 2, 3, d=4)
print(inner.__code__.co_freevars, inner.__closure__[0].cell_contents)
