"""A list as a priority queue: `heap[k] <= heap[2*k+1]` and `heap[k] <= heap[2*k+2]`.

That makes a binary tree in which no parent is greater than its children, so the smallest
item is `heap[0]`, and restoring the rule after a change walks one path of the tree.

To take out the smallest, the last item must find a place from the top. It is most likely
big, as it comes from the bottom; so the hole first goes all the way down, always to where
the smaller child was, and then the item up from there: fewer comparisons on average.

Source: Library Reference "heapq". Knuth, The Art of Computer Programming, 5.2.3.
"""

__all__ = [
    "heappush",
    "heappop",
    "heapify",
    "heapreplace",
    "merge",
    "nlargest",
    "nsmallest",
    "heappushpop",
]


def _sift_up(heap, start, pos):
    """The item at `pos` is perhaps too small for its place: move it towards `start`."""
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) >> 1
        above = heap[parent]
        if not item < above:
            break
        heap[pos] = above
        pos = parent
    heap[pos] = item


def _sift_down(heap, pos):
    """The item at `pos` is perhaps too big for its place: let it find one below."""
    start = pos
    size = len(heap)
    item = heap[pos]
    child = 2 * pos + 1
    while child < size:
        right = child + 1
        if right < size and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _sift_up(heap, start, pos)


def heappush(heap, item):
    """Add an item."""
    heap.append(item)
    _sift_up(heap, 0, len(heap) - 1)


def heappop(heap):
    """Take out the smallest item and give it; IndexError if the heap is empty."""
    last = heap.pop()
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _sift_down(heap, 0)
    return smallest


def heapreplace(heap, item):
    """Take out the smallest item and then add one; faster than doing it in two steps."""
    smallest = heap[0]
    heap[0] = item
    _sift_down(heap, 0)
    return smallest


def heappushpop(heap, item):
    """Add an item and then take out the smallest."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sift_down(heap, 0)
    return item


def heapify(x):
    """Make a heap of a list, in place, in time proportional to its length."""
    for pos in range(len(x) // 2 - 1, -1, -1):
        _sift_down(x, pos)


def _sift_up_max(heap, start, pos):
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) >> 1
        above = heap[parent]
        if not above < item:
            break
        heap[pos] = above
        pos = parent
    heap[pos] = item


def _sift_down_max(heap, pos):
    start = pos
    size = len(heap)
    item = heap[pos]
    child = 2 * pos + 1
    while child < size:
        right = child + 1
        if right < size and not heap[right] < heap[child]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _sift_up_max(heap, start, pos)


def _heapify_max(x):
    for pos in range(len(x) // 2 - 1, -1, -1):
        _sift_down_max(x, pos)


def _heapreplace_max(heap, item):
    largest = heap[0]
    heap[0] = item
    _sift_down_max(heap, 0)
    return largest


def _heappop_max(heap):
    last = heap.pop()
    if not heap:
        return last
    return _heapreplace_max(heap, last)


def merge(*iterables, key=None, reverse=False):
    """Iterate over sorted iterables as over one, looking at one item of each at a time.

    Items that are equal come in the order of the iterables they come from.
    """
    if reverse:
        make_heap, replace, pop, sign = _heapify_max, _heapreplace_max, _heappop_max, -1
    else:
        make_heap, replace, pop, sign = heapify, heapreplace, heappop, 1

    # [key, order of the iterable, item, how to get its next one]. No two entries have the
    # same order, so items are never compared with each other by way of their entries.
    heap = []
    for order, iterable in enumerate(map(iter, iterables)):
        following = iterable.__next__
        try:
            item = following()
        except StopIteration:
            continue
        heap.append([item if key is None else key(item), order * sign, item, following])
    make_heap(heap)
    while len(heap) > 1:
        try:
            while True:
                entry = heap[0]
                yield entry[2]
                item = entry[3]()
                entry[0] = item if key is None else key(item)
                entry[2] = item
                replace(heap, entry)
        except StopIteration:
            pop(heap)
    if heap:
        _, _, item, following = heap[0]
        yield item
        yield from following.__self__


def _best(n, iterable, key, is_max):
    """The n smallest (or largest) as sorted would give them, equal ones in order of
    appearance: a heap of n candidates with the worst on top, to be beaten."""
    iterator = iter(iterable)
    sign = -1 if is_max else 1
    candidates = []
    for order, item in zip(range(n), iterator):
        candidates.append((item if key is None else key(item), order * sign, item))
    if not candidates:
        return candidates
    if is_max:
        heapify(candidates)
        replace = heapreplace
    else:
        _heapify_max(candidates)
        replace = _heapreplace_max
    worst = candidates[0][0]
    order = n
    for item in iterator:
        value = item if key is None else key(item)
        if worst < value if is_max else value < worst:
            replace(candidates, (value, order * sign, item))
            worst = candidates[0][0]
            order += 1
    candidates.sort(reverse=is_max)
    return [item for _, _, item in candidates]


def _single(iterable, key, choose):
    missing = object()
    best = choose(iterable, default=missing, key=key)
    return [] if best is missing else [best]


def nsmallest(n, iterable, key=None):
    """The n smallest items, sorted: `sorted(iterable, key=key)[:n]`."""
    if n == 1:
        return _single(iterable, key, min)
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key)[:n]
    return _best(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    """The n largest items, largest first: `sorted(iterable, key=key, reverse=True)[:n]`."""
    if n == 1:
        return _single(iterable, key, max)
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=True)[:n]
    return _best(n, iterable, key, True)


try:
    from _heapq import (
        heapify,
        heappop,
        heappush,
        heappushpop,
        heapreplace,
        _heapify_max,
        _heappop_max,
        _heapreplace_max,
    )
except ImportError:
    pass
