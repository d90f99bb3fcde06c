async def agen():
    try:
        yield 1
    finally:
        print("producer finally")

async def main():
    a = agen()
    try:
        async for x in a:
            raise ValueError("consumer fails")
    except ValueError as error:
        print(error)
    print("producer is still suspended:", a.ag_suspended)
    await a.aclose()

try:
    main().send(None)
except StopIteration:
    pass
