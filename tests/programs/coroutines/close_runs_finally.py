class Pause:
    def __await__(self):
        try:
            yield
        finally:
            print("pause closed")

async def main():
    try:
        await Pause()
    finally:
        print("main closed")

c = main()
c.send(None)
print(c.close())
print(c.close())
