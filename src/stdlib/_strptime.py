"""strptime: times out of text, for `time` and `datetime`.

A format becomes a regular expression with one group per directive; what the groups matched is
then put together. Names of days and months are English, as in the C locale.

Source: Library Reference "datetime", "strftime() and strptime() Behavior".
"""

import re as _re
import time as _time
from datetime import (
    date as _date,
    timedelta as _timedelta,
    timezone as _timezone,
)

__all__ = []

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _zone_names():
    return [{"utc", "gmt", _time.tzname[0].lower()}, {_time.tzname[1].lower()}]


def _any_of(names, directive):
    names = sorted(filter(None, names), key=len, reverse=True)
    return f"(?P<{directive}>{'|'.join(map(_re.escape, names))})" if names else ""


_PATTERNS = {
    "d": r"(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])",
    "f": r"(?P<f>[0-9]{1,6})",
    "H": r"(?P<H>2[0-3]|[0-1]\d|\d)",
    "I": r"(?P<I>1[0-2]|0[1-9]|[1-9]| [1-9])",
    "G": r"(?P<G>\d\d\d\d)",
    "j": r"(?P<j>36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])",
    "m": r"(?P<m>1[0-2]|0[1-9]|[1-9])",
    "M": r"(?P<M>[0-5]\d|\d)",
    "S": r"(?P<S>6[0-1]|[0-5]\d|\d)",
    "U": r"(?P<U>5[0-3]|[0-4]\d|\d)",
    "W": r"(?P<W>5[0-3]|[0-4]\d|\d)",
    "w": r"(?P<w>[0-6])",
    "u": r"(?P<u>[1-7])",
    "V": r"(?P<V>5[0-3]|0[1-9]|[1-4]\d|\d)",
    "y": r"(?P<y>\d\d)",
    "Y": r"(?P<Y>\d\d\d\d)",
    "z": r"(?P<z>([+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?)|(?-i:Z))",
    "A": _any_of(_WEEKDAYS, "A"),
    "a": _any_of([name[:3] for name in _WEEKDAYS], "a"),
    "B": _any_of(_MONTHS, "B"),
    "b": _any_of([name[:3] for name in _MONTHS], "b"),
    "p": r"(?P<p>am|pm)",
    "%": "%",
}
# Directives that stand for others.
_COMPOSED = {
    "c": "%a %b %d %H:%M:%S %Y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
    "h": "%b",
    "r": "%I:%M:%S %p",
    "T": "%H:%M:%S",
    "R": "%H:%M",
    "D": "%m/%d/%y",
}

_cache = {}
_AMBIGUOUS = """\
Parsing dates involving a day of month without a year specified is ambiguious
and fails to parse leap day. The default behavior will change in Python 3.15
to either always raise an exception or to use a different default year (TBD).
To avoid trouble, add a specific year to the input & format.
See https://github.com/python/cpython/issues/70647."""


def _expression(format):
    out = []
    index = 0
    while index < len(format):
        char = format[index]
        index += 1
        if char.isspace():
            while index < len(format) and format[index].isspace():
                index += 1
            out.append(r"\s+")
        elif char != "%":
            out.append(_re.escape(char))
        else:
            directive = format[index]
            index += 1
            if directive in "cxX":
                out.append(_expression(_COMPOSED[directive]))
            elif directive == "Z":
                out.append(_any_of([name for names in _zone_names() for name in names], "Z"))
            else:
                out.append(_PATTERNS[directive])
    return "".join(out)


def _compile(format):
    compiled = _cache.get(format)
    if compiled is None:
        directives = set(_re.findall("%(.)", format))
        if "d" in directives and not directives & {"Y", "y", "G", "c", "x"}:
            import warnings

            warnings.warn(_AMBIGUOUS, DeprecationWarning, stacklevel=5)
        try:
            compiled = _re.compile(_expression(format), _re.IGNORECASE)
        except KeyError as error:
            bad = error.args[0]
            if bad == "\\":
                bad = "%"
            raise ValueError(f"'{bad}' is a bad directive in format '{format}'") from None
        except IndexError:
            raise ValueError(f"stray %% in format '{format}'".replace("%%", "%")) from None
        if len(_cache) > 5:
            _cache.clear()
        _cache[format] = compiled
    return compiled


def _day_of_week(year, week, weekday, monday_first):
    """The day of the year of a weekday in a week counted from the first Sunday or Monday."""
    first = _date(year, 1, 1).weekday()
    if not monday_first:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    before = (7 - first) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + before + 7 * (week - 1) + weekday


def _strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    """The fields of a time tuple, microseconds, and the offset from UTC with its fraction."""
    for index, arg in enumerate([data_string, format]):
        if not isinstance(arg, str):
            raise TypeError(
                f"strptime() argument {index} must be str, not {type(arg)}"
            )
    found = _compile(format).match(data_string)
    if not found:
        raise ValueError(f"time data {data_string!r} does not match format {format!r}")
    if len(data_string) != found.end():
        raise ValueError(f"unconverted data remains: {data_string[found.end():]}")
    given = found.groupdict()
    year = iso_year = None
    month = day = 1
    hour = minute = second = fraction = 0
    zone = -1
    offset = None
    offset_fraction = 0
    iso_week = week = weekday = day_of_year = None
    monday_first = False
    for key, text in given.items():
        if key == "y":
            year = int(text)
            year += 2000 if year <= 68 else 1900
        elif key == "Y":
            year = int(text)
        elif key == "G":
            iso_year = int(text)
        elif key == "m":
            month = int(text)
        elif key == "B":
            month = _MONTHS.index(text.lower()) + 1
        elif key == "b":
            month = [name[:3] for name in _MONTHS].index(text.lower()) + 1
        elif key == "d":
            day = int(text)
        elif key == "H":
            hour = int(text)
        elif key == "I":
            hour = int(text)
            half = (given.get("p") or "").lower()
            if half == "pm":
                hour = 12 if hour == 12 else hour + 12
            elif hour == 12:
                hour = 0
        elif key == "M":
            minute = int(text)
        elif key == "S":
            second = int(text)
        elif key == "f":
            fraction = int(text.ljust(6, "0"))
        elif key == "A":
            weekday = _WEEKDAYS.index(text.lower())
        elif key == "a":
            weekday = [name[:3] for name in _WEEKDAYS].index(text.lower())
        elif key == "w":
            weekday = (int(text) - 1) % 7
        elif key == "u":
            weekday = int(text) - 1
        elif key == "j":
            day_of_year = int(text)
        elif key in "UW":
            week = int(text)
            monday_first = key == "W"
        elif key == "V":
            iso_week = int(text)
        elif key == "z":
            offset, offset_fraction = _offset(text, data_string)
        elif key == "Z":
            name = text.lower()
            for number, names in enumerate(_zone_names()):
                if name in names:
                    if (
                        _time.tzname[0] == _time.tzname[1]
                        and _time.daylight
                        and name not in ("utc", "gmt")
                    ):
                        break
                    zone = number
                    break
    if iso_year is not None:
        if day_of_year is not None:
            raise ValueError(
                "Day of the year directive '%j' is not compatible with ISO year directive "
                "'%G'. Use '%Y' instead."
            )
        if iso_week is None or weekday is None:
            raise ValueError(
                "ISO year directive '%G' must be used with the ISO week directive '%V' and a "
                "weekday directive ('%A', '%a', '%w', or '%u')."
            )
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError(
                "ISO week directive '%V' must be used with the ISO year directive '%G' and a "
                "weekday directive ('%A', '%a', '%w', or '%u')."
            )
        raise ValueError(
            "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the "
            "ISO year '%G' instead."
        )
    leap_year_fix = False
    if year is None:
        if month == 2 and day == 29:
            # A leap year, so that the day exists.
            year = 1904
            leap_year_fix = True
        else:
            year = 1900
    if day_of_year is None and weekday is not None:
        if week is not None:
            day_of_year = _day_of_week(year, week, weekday, monday_first)
        elif iso_year is not None and iso_week is not None:
            moment = _date.fromisocalendar(iso_year, iso_week, weekday + 1)
            year, month, day = moment.year, moment.month, moment.day
            day_of_year = moment.toordinal() - _date(year, 1, 1).toordinal() + 1
        if day_of_year is not None and day_of_year <= 0:
            year -= 1
            leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            day_of_year += 366 if leap else 365
    if day_of_year is None:
        day_of_year = _date(year, month, day).toordinal() - _date(year, 1, 1).toordinal() + 1
    else:
        moment = _date.fromordinal(day_of_year - 1 + _date(year, 1, 1).toordinal())
        year, month, day = moment.year, moment.month, moment.day
    if weekday is None:
        weekday = _date(year, month, day).weekday()
    name = given.get("Z")
    if leap_year_fix:
        year = 1900
    fields = (
        year, month, day, hour, minute, second, weekday, day_of_year, zone, name, offset
    )  # fmt: skip
    return fields, fraction, offset_fraction


def _offset(text, data_string):
    if text == "Z":
        return 0, 0
    digits = text
    if digits[3] == ":":
        digits = digits[:3] + digits[4:]
        if len(digits) > 5:
            if digits[5] != ":":
                raise ValueError(f"Inconsistent use of : in {text}")
            digits = digits[:5] + digits[6:]
    seconds = int(digits[1:3]) * 3600 + int(digits[3:5]) * 60 + int(digits[5:7] or 0)
    fraction = int(digits[8:].ljust(6, "0"))
    if digits[0] == "-":
        return -seconds, -fraction
    return seconds, fraction


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    """Return a time struct based on the input string and the format string."""
    fields = _strptime(data_string, format)[0]
    return _time.struct_time(fields[:9])


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    """Return a class cls instance based on the input string and the format string."""
    fields, fraction, offset_fraction = _strptime(data_string, format)
    name, offset = fields[-2:]
    args = fields[:6] + (fraction,)
    if offset is not None:
        delta = _timedelta(seconds=offset, microseconds=offset_fraction)
        args += (_timezone(delta, name) if name else _timezone(delta),)
    return cls(*args)
