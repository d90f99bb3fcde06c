"""What the failure messages of assert methods are made of: shortened reprs and differences."""

from collections import Counter, namedtuple

__unittest = True

# The longest repr that stands in a message in full.
_MAX_LENGTH = 80

# When the reprs of two things have a long common beginning, its middle is left out, and then
# the middles of what differs. At least these many characters stay on each side.
_KEPT_OF_BEGIN = 5
_KEPT_OF_COMMON = 5
_KEPT_OF_END = 5
# The room for "[... chars]".
_ROOM_FOR_NOTE = 12
_KEPT_OF_DIFFERENCE = _MAX_LENGTH - (
    _KEPT_OF_BEGIN + _ROOM_FOR_NOTE + _KEPT_OF_COMMON + _ROOM_FOR_NOTE + _KEPT_OF_END
)


def _without_middle(text, begin, end):
    left_out = len(text) - begin - end
    if left_out <= _ROOM_FOR_NOTE:
        return text
    return f"{text[:begin]}[{left_out} chars]{text[len(text) - end:]}"


def _common_beginning(texts):
    shortest, longest = min(texts), max(texts)
    for index, char in enumerate(shortest):
        if char != longest[index]:
            return shortest[:index]
    return shortest


def _common_shorten_repr(*args):
    """The reprs of things to be compared, shortened in the same way."""
    reprs = tuple(map(safe_repr, args))
    longest = max(map(len, reprs))
    if longest <= _MAX_LENGTH:
        return reprs
    beginning = _common_beginning(reprs)
    same = len(beginning)
    room = _MAX_LENGTH - (longest - same + _KEPT_OF_BEGIN + _ROOM_FOR_NOTE)
    if room > _KEPT_OF_COMMON:
        beginning = _without_middle(beginning, _KEPT_OF_BEGIN, room)
        return tuple(beginning + text[same:] for text in reprs)
    beginning = _without_middle(beginning, _KEPT_OF_BEGIN, _KEPT_OF_COMMON)
    return tuple(
        beginning + _without_middle(text[same:], _KEPT_OF_DIFFERENCE, _KEPT_OF_END)
        for text in reprs
    )


def safe_repr(obj, short=False):
    """The repr of anything, also where its own __repr__ fails."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if not short or len(text) < _MAX_LENGTH:
        return text
    return text[:_MAX_LENGTH] + " [truncated]..."


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def sorted_list_difference(expected, actual):
    """What is in only the first and in only the second of two sorted lists; neither list in
    the answer has duplicates."""
    missing, unexpected = [], []
    i = j = 0
    while i < len(expected) and j < len(actual):
        wanted, got = expected[i], actual[j]
        if wanted < got:
            missing.append(wanted)
            i = _behind(expected, i)
        elif wanted > got:
            unexpected.append(got)
            j = _behind(actual, j)
        else:
            i, j = _behind(expected, i), _behind(actual, j)
    missing.extend(expected[i:])
    unexpected.extend(actual[j:])
    return missing, unexpected


def _behind(items, index):
    """The position behind all items that equal the one at an index."""
    item = items[index]
    while index < len(items) and items[index] == item:
        index += 1
    return index


def unorderable_list_difference(expected, actual):
    """What is in only the first and in only the second list; empties the first and takes the
    common items out of the second."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """Return -1 if x < y, 0 if x == y and 1 if x > y"""
    return (x > y) - (x < y)


_Mismatch = namedtuple("Mismatch", "actual expected value")


def _count_diff_all_purpose(actual, expected):
    """How often which items occur, where that differs; items need only be comparable."""
    differences = []
    rest, other = list(actual), list(expected)
    # A fresh object marks places that were counted: it equals nothing.
    counted = object()
    for item in list(rest):
        if not any(item is left or item == left for left in rest):
            continue
        found, found_other = 0, 0
        for index, left in enumerate(rest):
            if left is item or left == item:
                found += 1
                rest[index] = counted
        for index, left in enumerate(other):
            if left is item or left == item:
                found_other += 1
                other[index] = counted
        if found != found_other:
            differences.append(_Mismatch(found, found_other, item))
    for index, item in enumerate(other):
        if item is counted:
            continue
        found_other = 0
        for later in range(index, len(other)):
            if other[later] is item or other[later] == item:
                found_other += 1
                other[later] = counted
        differences.append(_Mismatch(0, found_other, item))
    return differences


def _count_diff_hashable(actual, expected):
    """How often which items occur, where that differs; items must be hashable."""
    found, wanted = Counter(actual), Counter(expected)
    differences = [
        _Mismatch(count, wanted.get(item, 0), item)
        for item, count in found.items()
        if count != wanted.get(item, 0)
    ]
    differences += [
        _Mismatch(0, count, item) for item, count in wanted.items() if item not in found
    ]
    return differences
