"""Reading an error: this program fails on purpose.

Run it on a terminal, and the error is drawn and explained. Run it as `coil FILE 2>errors.txt`, and the file has what
CPython writes. The chapter "Reading an error" of the book goes through both.
"""


def averager():
    """Yields the average of what it has been sent."""
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


def average_of(prices):
    averages = averager()
    for price in prices:
        last = averages.send(price)
    return last


print("the average of nothing is", next(averager()))
print("the average of three prices is", average_of([3, 5, 10]))
