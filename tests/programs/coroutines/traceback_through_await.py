async def fail():
    raise ValueError("leaf failed")

async def middle():
    await fail()

async def main():
    return 1 + await middle()

main().send(None)
