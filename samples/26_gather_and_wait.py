# Three ways to wait for several: all results in order, one by one as they come,
# or whatever is done when the first is.

import asyncio


async def bring(dish, turns):
    for _ in range(turns):
        await asyncio.sleep(0)          # no clock: each gives way so often
    return dish


def orders():
    return [asyncio.create_task(bring(*order), name=order[0]) for order in [("soup", 30), ("bread", 5), ("tea", 20)]]


async def main():
    print("gather, in the order of the orders:", await asyncio.gather(*orders()))

    print("as_completed, in the order of their coming:", end=" ")
    for next_one in asyncio.as_completed(orders()):
        print(await next_one, end=" ")
    print()

    done, pending = await asyncio.wait(orders(), return_when=asyncio.FIRST_COMPLETED)
    print("wait, for the first:", [task.result() for task in done], "and still to come:", len(pending))
    for task in pending:                # nobody else would end them
        task.cancel()


asyncio.run(main())
