import warnings

async def forgotten():
    pass

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    forgotten()
    c = forgotten()
    c.close()
    d = forgotten()
    try:
        d.send(None)
    except StopIteration:
        pass
    del d
for w in caught:
    print(w.category.__name__, w.message)
