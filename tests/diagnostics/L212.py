import asyncio, threading
def work():
    asyncio.get_event_loop()
th = threading.Thread(target=work); th.start(); th.join()
