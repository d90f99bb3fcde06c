class Pause:
    def __await__(self):
        yield

async def main():
    try:
        await Pause()
    finally:
        print("finally on drop")

c = main()
c.send(None)
del c
print("gone")
