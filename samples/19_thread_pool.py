# Five slow calls by three threads: the calls overlap, the results come in order, an error waits for whoever asks.
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait, FIRST_EXCEPTION

spans = []


def fetch(page):
    begin = time.monotonic()
    time.sleep(0.02)
    spans.append((begin, time.monotonic()))
    if page == 4:
        raise ValueError(f'page {page} is empty')
    return f'page {page} by {threading.current_thread().name}'


with ThreadPoolExecutor(max_workers=3, thread_name_prefix='reader') as pool:
    futures = [pool.submit(fetch, page) for page in range(1, 6)]
    done, waiting = wait(futures, return_when=FIRST_EXCEPTION)
    print('waiting ended with the error:', futures[3] in done)
for page, future in enumerate(futures, 1):
    if future.exception():
        print('error:', future.exception())
    else:
        print(future.result().split(' by ')[0])
workers = {future.result().split()[-1] for future in futures if not future.exception()}
print('workers:', {name.rpartition('_')[0] for name in workers}, 'at most three:', len(workers) <= 3)
whole = max(end for begin, end in spans) - min(begin for begin, end in spans)
print('one after the other they would take longer:', sum(end - begin for begin, end in spans) > whole)
