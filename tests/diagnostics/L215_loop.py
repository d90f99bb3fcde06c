import asyncio
number = 5
loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(number)
finally:
    loop.close()
