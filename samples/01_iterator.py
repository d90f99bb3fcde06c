# What does a `for` loop do? It asks for an iterator, then calls next() on it
# until StopIteration says: nothing left. Here is an iterator made by hand.

class Countdown:
    def __init__(self, start):
        self.current = start

    def __iter__(self):         # iter(x) calls this; an iterator gives itself
        return self

    def __next__(self):         # next(x) calls this
        if self.current == 0:
            raise StopIteration
        self.current -= 1
        return self.current + 1


print("with a for loop:")
for number in Countdown(3):
    print(number)

print("what the loop does, step by step:")
iterator = iter(Countdown(2))
while True:
    try:
        number = next(iterator)
    except StopIteration:
        break
    print(number)
