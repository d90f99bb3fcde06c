import sys

async def ag(): yield 1
ag().asend(None)
print('-')
ag().__anext__()
ag().athrow(ValueError)
ag().aclose()
print('--')
async def co(): pass
def make():
    c = co()
    return 5
make()
x = [co() for _ in range(2)]
del x
co().close()
class T:
    async def method(self): pass
T().method()
c = co(); c.__name__ = 'renamed'; c.__qualname__ = 'q.renamed'
del c
try:
    co() + 1
except TypeError as e: print(e)
async def outer():
    co()
try: outer().send(None)
except StopIteration: pass
sys.set_coroutine_origin_tracking_depth(2)
def mk(): return co()
def run():
    z = mk()
run()
