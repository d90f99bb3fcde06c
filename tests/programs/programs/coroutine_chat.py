# A driver that answers questions of several coroutines, one after the other.
class Ask:
    def __init__(self, question): self.question = question
    def __await__(self): return (yield self)
async def greet(name):
    mood = await Ask(f"How are you, {name}?")
    if mood == "bad":
        reason = await Ask("Why?")
        return f"{name} is sad because {reason}"
    return f"{name} is {mood}"
async def survey(*names):
    return [await greet(n) for n in names]
def drive(coro, answers):
    answers, value = iter(answers), None
    while True:
        try:
            ask = coro.send(value)
        except StopIteration as stop:
            return stop.value
        value = next(answers)
        print("Q:", ask.question, "A:", value)
print(drive(survey("Ann", "Bob"), ["fine", "bad", "rain"]))
