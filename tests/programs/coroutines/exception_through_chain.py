async def fail():
    raise ValueError("leaf failed")

async def middle():
    try:
        await fail()
    finally:
        print("middle cleanup")

async def main():
    try:
        await middle()
    except ValueError as error:
        print("main caught", error)

try:
    main().send(None)
except StopIteration:
    print("done")
