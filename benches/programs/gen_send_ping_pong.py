"""send() back and forth."""
def echo():
    value = None
    while True:
        value = (yield value)

g = echo()
next(g)
send = g.send
total = 0
for i in range(7_000_000):
    total += send(i)
print(total)
