# Operators, comparisons, subscripts and loops whose methods are in Python, in every form the compiler has for them.
class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        self = self.value
        return NotImplemented if other is None else Number(self + other.value)

    def __sub__(self, other):
        return self.value - (other if isinstance(other, int) else other.value)

    def __iadd__(self, other):
        self.value += 100
        return self

    def __eq__(self, other):
        if other.value == 13:
            return NotImplemented
        return self.value == other.value

    def __lt__(self, other):
        return [] if self.value >= other.value else ["less"]

    def __gt__(self, other):
        return NotImplemented

    def __repr__(self):
        return f"Number({self.value})"

class Box:
    def __init__(self):
        self.items = {}

    def __getitem__(self, key):
        if key == "boom":
            raise KeyError(key)
        return self.items.get(key, "nothing")

    def __setitem__(self, key, value):
        self.items[key] = value
        return "ignored"

    def __contains__(self, key):
        return self.items.get(key)

class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration("done")
        self.left -= 1
        return self.left

def forms():
    a, b = Number(1), Number(2)
    print(a + b, (a + b) + b, (a + b) - 1, a - 1, a - b, (a - b) + 1)
    a -= 1
    print(a)
    c = Number(5)
    c += b
    print(c, c == b, c != b, c < b, b < c)
    print("less" if b < c else "not less", "less" if c < b else "not less")
    while not (b == c):
        c = b
    print([x for x in (Number(3), Number(1)) if x < b])
    thirteen = Number(13)
    print(b == thirteen, thirteen == thirteen, b != thirteen)
    try:
        b > c
    except TypeError as error:
        print(error)
    box = Box()
    key = "k"
    box["k"] = 1
    box[key] = box["k"] + 1
    print(box[key], box["missing"], {"b": box}["b"][key], "k" in box, "z" in box, "z" not in box)
    try:
        box["boom"]
    except KeyError as error:
        print(repr(error))
    for item in Countdown(3):
        print(item)
    else:
        print("end")
    for box[key] in Countdown(2):
        print(box[key])
    print([x for x in Countdown(3)], list(Countdown(2)), sum(Countdown(4)))

forms()

class Deep:
    def __add__(self, n):
        return 0 if n == 0 else 1 + (self + (n - 1))

print(Deep() + 200)

def endless(n):
    class Again:
        def __eq__(self, other):
            return self == other
    return Again() == Again()

try:
    endless(1)
except RecursionError:
    print("too deep")

class Sub(Number):
    def __radd__(self, other):
        return "reflected"

print(Number(1) + Sub(2))
for bad in (Number(1), 3):
    try:
        bad + None if isinstance(bad, Number) else bad + Number(1)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)

def generator():
    for item in Countdown(2):
        yield item
    yield Number(1) + Number(2)

print(list(generator()))

class Raising:
    def __next__(self):
        raise StopIteration
    def __iter__(self):
        return self

for _ in Raising():
    print("never")
print("after")
