import sys

def firstiter(agen):
    print("first iteration of", agen.__name__)

def finalizer(agen):
    print("finalizer for", agen.__name__)
    try:
        agen.aclose().send(None)
    except StopIteration:
        print("closed")

async def ticker():
    try:
        yield 1
        yield 2
    finally:
        print("ticker finally")

old = sys.get_asyncgen_hooks()
print(old.firstiter, old.finalizer)
sys.set_asyncgen_hooks(firstiter=firstiter, finalizer=finalizer)

async def main():
    async for x in ticker():
        print(x)
        break
    print("after break")

try:
    main().send(None)
except StopIteration:
    pass
sys.set_asyncgen_hooks(*old)
