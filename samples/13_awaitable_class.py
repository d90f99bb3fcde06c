# What can be awaited? Everything with an __await__ method that gives an
# iterator. What that iterator yields goes right up to whoever drives.

class Question:
    def __init__(self, text):
        self.text = text

    def __await__(self):
        answer = yield self.text    # the coroutine is suspended here
        return answer.strip()


async def dialogue():
    name = await Question("Who are you?")
    food = await Question(f"What do you eat, {name}?")
    return f"{name} eats {food}"


coroutine = dialogue()
print(coroutine.send(None))
print(coroutine.send("  Coil "))
try:
    coroutine.send("bytes")
except StopIteration as stop:
    print(stop.value)
