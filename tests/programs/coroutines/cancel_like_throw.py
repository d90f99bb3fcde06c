# How a cancellation travels: thrown in at the await, cleaned up, re-raised.
class Cancelled(BaseException):
    pass

class Pause:
    def __await__(self):
        yield

async def job():
    try:
        await Pause()
    except Cancelled:
        print("job: cleaning up")
        await Pause()
        print("job: cleaned")
        raise

async def main():
    try:
        await job()
    except Cancelled:
        return "cancelled"

c = main()
c.send(None)
c.throw(Cancelled())
print("cleanup is suspended")
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
