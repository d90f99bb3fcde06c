# plain: none
import asyncio
import warnings

warnings.simplefilter('always')
loop = asyncio.new_event_loop()
del loop
