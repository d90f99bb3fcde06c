import inspect
def gen():
    x = 1
    yield
class P:
    def __await__(self): yield
async def co(): await P()
async def ag(): yield
g, c, a = gen(), co(), ag()
print(inspect.getgeneratorstate(g), inspect.getcoroutinestate(c), inspect.getasyncgenstate(a))
next(g); c.send(None)
try: a.asend(None).send(None)
except StopIteration: pass
print(inspect.getgeneratorstate(g), inspect.getcoroutinestate(c), inspect.getasyncgenstate(a), inspect.getgeneratorlocals(g), inspect.getcoroutinelocals(c))
g.close(); c.close()
print(inspect.getgeneratorstate(g), inspect.getcoroutinestate(c))
print(inspect.isawaitable(c), inspect.isawaitable(g), inspect.isawaitable(P()), inspect.isgenerator(g), inspect.iscoroutine(c), inspect.isasyncgen(a))
