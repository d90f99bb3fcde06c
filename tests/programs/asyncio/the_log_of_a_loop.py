# A program that logs everything reads which selector its loop uses.
import asyncio
import logging
import sys

logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s %(message)s", stream=sys.stdout)


async def main():
    logging.info("in the loop")


asyncio.run(main())
logging.getLogger("asyncio").setLevel(logging.WARNING)
asyncio.run(main())
