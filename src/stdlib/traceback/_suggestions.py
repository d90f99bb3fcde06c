"""What the programmer may have meant: names close to one that was not found.

Closeness is the edit distance, where changing the case of a letter is half as bad as any
other change. A long list of names, or a long name, is not searched: a message may be
wanted in the middle of something that must not take long.
"""

import sys

_MAX_NAMES = 750
_MAX_LENGTH = 40
_CHANGE = 2
_CASE_CHANGE = 1


def hint_for(exc, tb):
    """What to append to the message of a NameError, AttributeError or ImportError."""
    # Pythons learned it one after the other.
    if sys.version_info < ((3, 12) if isinstance(exc, ImportError) else (3, 10)):
        return ""
    if isinstance(exc, ImportError):
        wrong = getattr(exc, "name_from", None)
        if wrong is None:
            return ""
        hint = _question(suggestion(exc, tb, wrong))
    else:
        wrong = getattr(exc, "name", None)
        if wrong is None:
            return ""
        hint = _question(suggestion(exc, tb, wrong))
        if isinstance(exc, NameError) and wrong in getattr(
            sys, "stdlib_module_names", ()
        ):
            if hint:
                hint += f" Or did you forget to import '{wrong}'?"
            else:
                hint = f". Did you forget to import '{wrong}'?"
    return hint


def _question(name):
    return f". Did you mean: '{name}'?" if name else ""


def suggestion(exc, tb, wrong):
    """The closest of all names that could have stood there, or None."""
    if not isinstance(wrong, str) or not wrong:
        return None
    if isinstance(exc, (AttributeError, ImportError)):
        try:
            if isinstance(exc, AttributeError):
                names = dir(exc.obj)
            else:
                names = dir(__import__(exc.name, fromlist=(wrong,)))
        except Exception:
            return None
        names = [name for name in names if isinstance(name, str)]
        # Names that begin with an underscore are for those who use them already, and for
        # an object's own methods.
        if not wrong.startswith("_") and not _is_in_method(exc, tb):
            names = [name for name in names if not name.startswith("_")]
    else:
        if tb is None:
            return None
        frame = _innermost(tb)
        # Inside of a method one easily forgets the `self.`
        if "self" in frame.f_locals:
            try:
                if hasattr(frame.f_locals["self"], wrong):
                    return f"self.{wrong}"
            except Exception:
                pass
        names = [*frame.f_locals, *frame.f_globals, *frame.f_builtins]
        names = [name for name in names if isinstance(name, str)]

    if len(names) > _MAX_NAMES or len(wrong) > _MAX_LENGTH:
        return None
    best = None
    best_distance = sys.maxsize
    for name in names:
        if name == wrong:
            # A name that is there now, but was not when it was asked for.
            continue
        # Up to a third of the letters may differ; and it must beat the best so far.
        limit = min((len(name) + len(wrong) + 3) * _CHANGE // 6, best_distance - 1)
        distance = _distance(wrong, name, limit)
        if distance > limit:
            continue
        if best is None or distance < best_distance:
            best, best_distance = name, distance
    return best


def _innermost(tb):
    while tb.tb_next is not None:
        tb = tb.tb_next
    return tb.tb_frame


def _is_in_method(exc, tb):
    """Whether the code that failed was a method of the very object it asked."""
    if tb is None or not isinstance(exc, AttributeError):
        return False
    names = _innermost(tb).f_locals
    return "self" in names and names["self"] is exc.obj


def _change_cost(a, b):
    if a == b:
        return 0
    return _CASE_CHANGE if a.lower() == b.lower() else _CHANGE


def _distance(a, b, limit):
    """The edit distance of two names; any number above `limit` if it is above."""
    if a == b:
        return 0
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if not a or not b:
        return _CHANGE * (len(a) + len(b))
    if max(len(a), len(b)) > _MAX_LENGTH:
        return limit + 1
    if len(b) < len(a):
        a, b = b, a
    if (len(b) - len(a)) * _CHANGE > limit:
        return limit + 1

    # One row of the usual table at a time: costs of turning the first letters of `a` into
    # the first letters of `b`.
    row = [_CHANGE * i for i in range(len(a) + 1)]
    for j, char in enumerate(b, 1):
        above_left, row[0] = row[0], _CHANGE * j
        smallest = row[0]
        for i, other in enumerate(a, 1):
            cost = min(
                above_left + _change_cost(char, other),
                row[i] + _CHANGE,
                row[i - 1] + _CHANGE,
            )
            above_left, row[i] = row[i], cost
            smallest = min(smallest, cost)
        if smallest > limit:
            return limit + 1
    return row[-1]
