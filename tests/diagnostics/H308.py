# python: 3.14
# plain: none
import asyncio, warnings
warnings.simplefilter("always")
asyncio.iscoroutinefunction(print)
