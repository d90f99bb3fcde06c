# `yield` is an expression: x = yield. send(value) resumes the generator and
# makes `value` the result of the yield it was waiting at. Now data flows in.

def averager():
    total = count = 0
    average = None
    while True:
        value = yield average       # hand out the average, wait for a value
        total += value
        count += 1
        average = total / count


avg = averager()
print("prime it:", next(avg))       # run to the first yield; it gives None
for value in 10, 20, 33:
    print(f"send {value} -> average {avg.send(value)}")

# Before the first yield nobody waits for a value:
try:
    averager().send(10)
except TypeError as error:
    print("TypeError:", error)
