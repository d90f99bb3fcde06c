async def agen():
    yield 1
    yield 2

a = agen()
step = a.asend(None)
try:
    step.send(None)
except StopIteration as stop:
    print(stop.value)
try:
    step.send(None)
except RuntimeError as error:
    print(error)
close = a.aclose()
try:
    close.send(None)
except StopIteration:
    print("closed")
try:
    close.send(None)
except RuntimeError as error:
    print(error)
