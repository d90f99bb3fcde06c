def consumer():
    status = True
    while True:
        n = yield status
        print("consumed", n)
        if n == 3:
            status = False

def producer(c):
    n = 5
    while n > 0:
        print("produced", n)
        yield c.send(n)
        n -= 1

c = consumer()
c.send(None)
for status in producer(c):
    if not status:
        print("stop at 3")
        break
