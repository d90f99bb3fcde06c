class Pause:
    def __await__(self):
        try:
            yield "p"
        except KeyError:
            return "pause handled KeyError"

async def main():
    try:
        print(await Pause())
        await Pause()
    except ValueError as error:
        return f"main handled {error}"

c = main()
print(c.send(None))
print(c.throw(KeyError))
try:
    c.throw(ValueError("v"))
except StopIteration as stop:
    print(stop.value)
