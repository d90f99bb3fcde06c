# What refuses a manager names its class as all messages do.
def f():
    class C: pass
    class E:
        def __enter__(self): pass
    for v in (C(), open('/dev/null'), E(), 5):
        try:
            with v: pass
        except TypeError as e: print(e)
    async def g(v):
        async with v: pass
    for v in (C(), open('/dev/null'), E(), 5):
        try:
            g(v).send(None)
        except TypeError as e: print(e)
f()
