def partial(f, *args, **kw):
    def call(*more, **other):
        return f(*args, *more, **{**kw, **other})
    return call

print(partial(max, 5)(3, 9), partial(sorted, reverse=True)([1, 3, 2]), partial(dict, a=1)(b=2, a=3))
