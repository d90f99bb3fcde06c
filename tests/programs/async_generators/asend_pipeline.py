async def running_total():
    total = 0
    while True:
        total += yield total

async def main():
    t = running_total()
    await t.asend(None)
    for n in 3, 4, 5:
        print(await t.asend(n))
    await t.aclose()

try:
    main().send(None)
except StopIteration:
    pass
