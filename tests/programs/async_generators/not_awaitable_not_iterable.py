async def agen():
    yield 1

async def main():
    try:
        await agen()
    except TypeError as error:
        print(error)
    try:
        for x in agen():
            pass
    except TypeError as error:
        print(error)
    try:
        with agen():
            pass
    except TypeError as error:
        print(error)

try:
    main().send(None)
except StopIteration:
    pass
