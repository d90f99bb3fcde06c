"""One call at a time through a pool of one thread: submit, run elsewhere, come back."""
from concurrent.futures import ThreadPoolExecutor

total = 0
with ThreadPoolExecutor(1) as pool:
    for i in range(30_000):
        total += pool.submit(int, i).result()
print(total)
