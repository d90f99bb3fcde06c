# A generator may return a value. It travels in StopIteration, which ends the
# iteration; a `for` loop throws it away, `yield from` (next sample) uses it.

def first_words(text, limit):
    count = 0
    for word in text.split():
        if count == limit:
            return "stopped at the limit"
        count += 1
        yield word
    return "reached the end"


generator = first_words("send me your coroutines", 3)
while True:
    try:
        print(next(generator))
    except StopIteration as stop:
        print("result:", stop.value)
        break
