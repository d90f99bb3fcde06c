# allows: RecursionError TypeError
class A:
    def __await__(self):
        return f().__await__()
async def f():
    await A()
f().send(None)
