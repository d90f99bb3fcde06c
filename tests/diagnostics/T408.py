tasks = [1, 2]
loop = asyncio.new_event_loop()
