import asyncio
def main():
    print("hi")
asyncio.run(main())
