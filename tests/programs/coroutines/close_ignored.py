class Pause:
    def __await__(self):
        yield

async def main():
    try:
        await Pause()
    except GeneratorExit:
        await Pause()

c = main()
c.send(None)
try:
    c.close()
except RuntimeError as error:
    print(error)
