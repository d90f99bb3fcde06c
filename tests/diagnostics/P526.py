import concurrent.futures

future = concurrent.futures.Future()
future.result(timeout=0.01)
