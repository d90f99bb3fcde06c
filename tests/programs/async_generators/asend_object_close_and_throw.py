async def agen():
    try:
        yield 1
    except ValueError:
        yield "caught"

a = agen()
step = a.asend(None)
step.close()
try:
    step.send(None)
except RuntimeError as error:
    print(error)
print("closing an unstarted step closes the generator:", a.ag_frame)

b = agen()
try:
    b.asend(None).send(None)
except StopIteration as stop:
    print(stop.value)
try:
    b.asend(None).throw(ValueError("into asend"))
except StopIteration as stop:
    print(stop.value)
