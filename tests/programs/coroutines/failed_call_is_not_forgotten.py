# A call whose arguments do not fit makes no coroutine, so none is reported as never awaited.
async def fetch(a, *, b):
    return a

for args, kwargs in (((), {}), ((1, 2), {"b": 1}), ((1,), {"c": 1}), ((1,), {}), ((1,), {"a": 1, "b": 2})):
    try:
        fetch(*args, **kwargs)
    except TypeError as error:
        print(error)
