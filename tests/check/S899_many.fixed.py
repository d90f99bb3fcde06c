# Every line that is wrong is named, and nothing else.
import asyncio

x = = 1
print("fine")

def first(a, b:
    return a

def second():
    y = [1, 2
    z = 3
    return y

if x = 3:
    print("block")
else:
    print("other")

for item in [1, 2]:
    print(item)
    await item

while True
    break

class Broken
    def method(self):
        return 'never closed
    def other(self):
        return self.method()

def third():
    yield from second())
    return 1_000_

try:
    x = 1
print("no except")

async def pages():
    yield from second()
    return 5
    yield 1

elif x:
    pass

return x
print(1 +)
total = 08
def fourth(a, a): pass
lambda: (yield)
indented = 1
print("old", x)
"last
