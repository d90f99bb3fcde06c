# `yield from sub` lets another generator speak for this one: its values go
# out, what is sent comes in, and its return value is the result.

def ask(question):
    answer = yield question
    while not answer:
        answer = yield f"Please! {question}"
    return answer


def interview():
    name = yield from ask("What is your name?")
    language = yield from ask("Which language do you like?")
    return f"{name} likes {language}."


conversation = interview()
print(next(conversation))
for answer in "Ada", "", "Python":
    print("  answer:", repr(answer))
    try:
        print(conversation.send(answer))
    except StopIteration as stop:
        print(stop.value)
