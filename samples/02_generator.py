# A function with `yield` in it is a generator function. Calling it runs none
# of its body: it gives a generator, and each next() runs up to the next yield.

def countdown(start):
    print("the body starts")
    while start > 0:
        yield start             # hand out a value and stop here
        start -= 1              # the next next() goes on from here
    print("the body ends")


generator = countdown(2)
print("made a", type(generator).__name__)
print(next(generator))
print(next(generator))
print(next(generator, "nothing left"))

# All of 01_iterator.py in four lines:
print(list(countdown(3)))
