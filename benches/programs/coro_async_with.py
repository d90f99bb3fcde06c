"""async with in a loop."""
class Lock:
    def __init__(self):
        self.count = 0
    async def __aenter__(self):
        self.count += 1
    async def __aexit__(self, *error):
        self.count += 1

async def main():
    lock = Lock()
    for _ in range(2_500_000):
        async with lock:
            pass
    return lock.count

try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
