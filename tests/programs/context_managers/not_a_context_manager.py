class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
class AsyncOnly:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass
class InstanceOnly: pass
i = InstanceOnly()
i.__enter__ = lambda: None
i.__exit__ = lambda *a: None
for m in 5, NoExit(), NoEnter(), AsyncOnly(), i, None:
    try:
        with m:
            pass
    except TypeError as error:
        print(error)
