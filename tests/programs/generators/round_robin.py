from collections import deque

def task(name, count):
    for i in range(count):
        print(name, i)
        yield

ready = deque([task("a", 2), task("b", 3), task("c", 1)])
while ready:
    t = ready.popleft()
    try:
        next(t)
    except StopIteration:
        print("finished", t.__name__, len(ready), "left")
    else:
        ready.append(t)
