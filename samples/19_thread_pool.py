# Five slow calls by three threads: the calls overlap, the results come in order, an error waits for whoever asks.
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait, FIRST_EXCEPTION


def fetch(page):
    time.sleep(0.02)
    if page == 4:
        raise ValueError(f'page {page} is empty')
    return f'page {page} by {threading.current_thread().name}'


begin = time.monotonic()
with ThreadPoolExecutor(max_workers=3, thread_name_prefix='reader') as pool:
    futures = [pool.submit(fetch, page) for page in range(1, 6)]
    done, waiting = wait(futures, return_when=FIRST_EXCEPTION)
    print('the first error came when', len(done) >= 3, 'had come')
for page, future in enumerate(futures, 1):
    if future.exception():
        print('error:', future.exception())
    else:
        print(future.result().split(' by ')[0])
print('workers:', sorted({future.result().split()[-1] for future in futures if not future.exception()})[0])
print('five calls took less than four:', time.monotonic() - begin < 0.08)
