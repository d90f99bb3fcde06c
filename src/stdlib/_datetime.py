"""Dates and times.

A date is a day of the Gregorian calendar extended in both directions; days are counted from
1 January of year 1, which is day 1, and all arithmetic is done on those numbers. A datetime is
such a day and a time of day, either naive or with a tzinfo that tells its distance from UTC.

Source: Library Reference "datetime"; PEP 495 for `fold`.
"""

# The classes belong to `datetime`, which is all that programs see.
__name__ = "datetime"

import time as _time
from math import modf as _modf
from operator import index as _index

from _coil_types import name_fully as _name_fully

__all__ = (
    "date",
    "datetime",
    "time",
    "timedelta",
    "timezone",
    "tzinfo",
    "MINYEAR",
    "MAXYEAR",
    "UTC",
)

MINYEAR = 1
MAXYEAR = 9999
_MAX_ORDINAL = 3652059

_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Days before each month of a common year.
_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH_NAMES = (
    None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
)
_missing = object()


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_before_year(year):
    year -= 1
    return year * 365 + year // 4 - year // 100 + year // 400


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS[month]


def _days_before_month(year, month):
    return _BEFORE[month] + (month > 2 and _is_leap(year))


def _to_ordinal(year, month, day):
    return _days_before_year(year) + _days_before_month(year, month) + day


def _from_ordinal(n):
    """Year, month and day of a day number."""
    # 146097 days make 400 years, after which all repeats.
    n -= 1
    cycles, n = divmod(n, 146097)
    centuries, n = divmod(n, 36524)
    fours, n = divmod(n, 1461)
    years, n = divmod(n, 365)
    year = cycles * 400 + centuries * 100 + fours * 4 + years + 1
    if years == 4 or centuries == 4:
        # The last day of a leap year ends the cycle.
        return year - 1, 12, 31
    leap = years == 3 and (fours != 24 or centuries == 3)
    month = (n + 50) >> 5
    before = _BEFORE[month] + (month > 2 and leap)
    if before > n:
        month -= 1
        before -= _DAYS[month] + (month == 2 and leap)
    return year, month, n - before + 1


def _iso_week_one(year):
    """The day number of the Monday with which the ISO year begins."""
    first = _to_ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


def _from_iso_calendar(year, week, day):
    year, week, day = _index(year), _index(week), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"Year is out of range: {year}")
    if not 0 < week < 53:
        has_53 = False
        if week == 53:
            first = _to_ordinal(year, 1, 1) % 7
            has_53 = first == 4 or (first == 3 and _is_leap(year))
        if not has_53:
            raise ValueError(f"Invalid week: {week}")
    if not 0 < day < 8:
        raise ValueError(f"Invalid day: {day} (range is [1, 7])")
    return _from_ordinal(_iso_week_one(year) + (week - 1) * 7 + day - 1)


def _need(values, names, required):
    """Raises TypeError for the first of the required arguments that is missing."""
    for position, (value, name) in enumerate(zip(values[:required], names), 1):
        if value is _missing:
            raise TypeError(
                f"function missing required argument '{name}' (pos {position})"
            )


def _check_date_fields(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def _check_time_fields(hour, minute, second, microsecond, fold):
    hour, minute, second = _index(hour), _index(minute), _index(second)
    microsecond, fold = _index(microsecond), _index(fold)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return hour, minute, second, microsecond, fold


def _check_tzinfo(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(
            "tzinfo argument must be None or of a tzinfo subclass, "
            f"not type '{type(tz).__name__}'"
        )


def _ask_offset(tz, name, of):
    """What a tzinfo says of an offset, checked."""
    if tz is None:
        return None
    offset = getattr(tz, name)(of)
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(
            f"tzinfo.{name}() must return None or a timedelta, not '{type(offset).__name__}'"
        )
    if not -_one_day < offset < _one_day:
        raise ValueError(
            "offset must be a timedelta strictly between -timedelta(hours=24) and "
            f"timedelta(hours=24), not {offset!r}."
        )
    return offset


def _ask_name(tz, of):
    if tz is None:
        return None
    name = tz.tzname(of)
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{type(name).__name__}'")
    return name


def _show_offset(offset, colon=":"):
    """An offset as +HH:MM[:SS[.ffffff]]."""
    if offset is None:
        return ""
    sign = "+"
    if offset._days < 0:
        sign = "-"
        offset = -offset
    minutes, seconds = divmod(offset._seconds, 60)
    text = f"{sign}{minutes // 60:02d}{colon}{minutes % 60:02d}"
    if seconds or offset._microseconds:
        text += f"{colon}{seconds:02d}"
        if offset._microseconds:
            text += f".{offset._microseconds:06d}"
    return text


def _show_time(hour, minute, second, microsecond, timespec):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    if timespec == "hours":
        return f"{hour:02d}"
    if timespec == "minutes":
        return f"{hour:02d}:{minute:02d}"
    if timespec == "seconds":
        return f"{hour:02d}:{minute:02d}:{second:02d}"
    if timespec == "milliseconds":
        return f"{hour:02d}:{minute:02d}:{second:02d}.{microsecond // 1000:03d}"
    if timespec == "microseconds":
        return f"{hour:02d}:{minute:02d}:{second:02d}.{microsecond:06d}"
    raise ValueError("Unknown timespec value")


def _strftime(object, format, timetuple):
    """strftime with the directives that know fractions and time zones."""
    out = []
    index = 0
    length = len(format)
    while index < length:
        char = format[index]
        index += 1
        if char != "%" or index == length:
            out.append(char)
            continue
        directive = format[index]
        index += 1
        if directive.isdigit() and format[index : index + 1] == "Y":
            # A width, as the GNU library allows.
            index += 1
            out.append(f"{timetuple[0]:0{directive}d}")
            continue
        if directive == ":" and format[index : index + 1] == "z":
            index += 1
            text = _show_offset(object.utcoffset() if hasattr(object, "utcoffset") else None)
        elif directive == "z":
            text = _show_offset(object.utcoffset() if hasattr(object, "utcoffset") else None, "")
        elif directive == "Z":
            text = (object.tzname() if hasattr(object, "tzname") else None) or ""
        elif directive == "f":
            text = f"{getattr(object, 'microsecond', 0):06d}"
        elif directive in "YG" and timetuple[0] < 1000:
            year = timetuple[0]
            if directive == "G":
                year = _iso_calendar(*timetuple[:3])[0]
            text = str(year)
        else:
            out.append("%" + directive)
            continue
        out.append(text.replace("%", "%%"))
    return _time.strftime("".join(out), timetuple)


def _digits(text, what):
    if not (text.isascii() and text.isdigit()):
        raise ValueError(what)
    return int(text)


def _parse_date(text):
    """Year, month and day of an ISO date: of a month, a week or an ordinal."""
    wrong = ValueError(text)
    if len(text) not in (7, 8, 10):
        raise wrong
    year = _digits(text[:4], text)
    separated = text[4] == "-"
    rest = text[5:] if separated else text[4:]
    if rest[:1] == "W":
        week = _digits(rest[1:3], text) if len(rest) >= 3 else _digits("", text)
        rest = rest[3:]
        day = 1
        if rest:
            if separated:
                if rest[0] != "-":
                    raise wrong
                rest = rest[1:]
            if len(rest) != 1:
                raise wrong
            day = _digits(rest, text)
        return _from_iso_calendar(year, week, day)
    if separated:
        if len(rest) != 5 or rest[2] != "-":
            raise wrong
        rest = rest[:2] + rest[3:]
    if len(rest) != 4:
        raise wrong
    return year, _digits(rest[:2], text), _digits(rest[2:], text)


def _parse_clock(text):
    """Hour, minute, second and microsecond of an ISO time without zone."""
    if len(text) < 2:
        raise ValueError(text)
    fraction = ""
    for sign in ".,":
        if sign in text:
            text, _, fraction = text.partition(sign)
            if not fraction:
                raise ValueError(text)
            clock = text.replace(":", "")
            if len(clock) not in (2, 4, 6):
                raise ValueError(text)
            break
    if ":" in text:
        parts = text.split(":")
        if len(parts) == 4 and not fraction:
            # A colon may stand for the point.
            fraction = parts.pop()
        if any(len(part) != 2 for part in parts):
            raise ValueError(text)
    else:
        parts = [text[at : at + 2] for at in range(0, len(text), 2)]
    if len(parts) > 3 or any(len(part) != 2 for part in parts):
        raise ValueError(text)
    fields = [_digits(part, text) for part in parts]
    fields += [0] * (3 - len(fields))
    if fraction:
        _digits(fraction, text)
        fraction = int(fraction[:6].ljust(6, "0"))
    else:
        fraction = 0
    return [*fields, fraction]


def _parse_time(text):
    """Hour, minute, second, microsecond and tzinfo of an ISO time."""
    zone = None
    at = -1
    for sign in "+-Z":
        found = text.find(sign)
        if found >= 0:
            at = found
            break
    clock = text
    if at >= 0:
        clock, sign, zone_text = text[:at], text[at], text[at + 1 :]
        if sign == "Z":
            if zone_text:
                raise ValueError(text)
            zone = timezone.utc
        else:
            hours, minutes, seconds, microseconds = _parse_clock(zone_text)
            offset = timedelta(
                hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds
            )
            zone = timezone.utc if not offset else timezone(-offset if sign == "-" else offset)
    hour, minute, second, microsecond = _parse_clock(clock)
    return hour, minute, second, microsecond, zone


@_name_fully
class timedelta:
    """Difference between two datetime values.

    timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)

    All arguments are optional and default to 0.
    Arguments may be integers or floats, and may be positive or negative."""

    __slots__ = ("_days", "_seconds", "_microseconds")

    def __new__(
        cls,
        days=0,
        seconds=0,
        microseconds=0,
        milliseconds=0,
        minutes=0,
        hours=0,
        weeks=0,
    ):
        # Everything in microseconds: whole parts exactly, and what is left of the floats.
        total = 0
        rest = 0.0
        for name, value, unit in (
            ("microseconds", microseconds, 1),
            ("milliseconds", milliseconds, 1000),
            ("seconds", seconds, 1000000),
            ("minutes", minutes, 60000000),
            ("hours", hours, 3600000000),
            ("days", days, 86400000000),
            ("weeks", weeks, 604800000000),
        ):
            if isinstance(value, int):
                total += value * unit
            elif isinstance(value, float):
                fraction, whole = _modf(value)
                total += int(whole) * unit
                fraction, whole = _modf(fraction * unit)
                total += int(whole)
                rest += fraction
            else:
                raise TypeError(
                    f"unsupported type for timedelta {name} component: {type(value).__name__}"
                )
        if rest:
            whole = round(rest)
            if abs(whole - rest) == 0.5:
                # Half to even, of the sum.
                whole = 2 * round((rest + (total & 1)) * 0.5) - (total & 1)
            total += int(whole)
        return _make_delta(cls, total)

    @property
    def days(self):
        """Number of days."""
        return self._days

    @property
    def seconds(self):
        """Number of seconds (>= 0 and less than 1 day)."""
        return self._seconds

    @property
    def microseconds(self):
        """Number of microseconds (>= 0 and less than 1 second)."""
        return self._microseconds

    def _total(self):
        return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds

    def total_seconds(self):
        """Total seconds in the duration."""
        return self._total() / 10**6

    def __repr__(self):
        args = []
        if self._days:
            args.append(f"days={self._days}")
        if self._seconds:
            args.append(f"seconds={self._seconds}")
        if self._microseconds:
            args.append(f"microseconds={self._microseconds}")
        return f"{_shown_class(self)}({', '.join(args) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        if self._days:
            plural = "" if abs(self._days) == 1 else "s"
            text = f"{self._days} day{plural}, {text}"
        if self._microseconds:
            text += f".{self._microseconds:06d}"
        return text

    def __add__(self, other):
        if isinstance(other, timedelta):
            return _make_delta(timedelta, self._total() + other._total())
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return _make_delta(timedelta, self._total() - other._total())
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, timedelta):
            return _make_delta(timedelta, other._total() - self._total())
        return NotImplemented

    def __neg__(self):
        return _make_delta(timedelta, -self._total())

    def __pos__(self):
        return _make_delta(timedelta, self._total())

    def __abs__(self):
        return -self if self._days < 0 else +self

    def __mul__(self, other):
        if isinstance(other, int):
            return _make_delta(timedelta, self._total() * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _make_delta(timedelta, _divide(self._total() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total() // other._total()
        if isinstance(other, int):
            return _make_delta(timedelta, self._total() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total() / other._total()
        if isinstance(other, int):
            return _make_delta(timedelta, _divide(self._total(), other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _make_delta(timedelta, _divide(b * self._total(), a))
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return _make_delta(timedelta, self._total() % other._total())
        return NotImplemented

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            quotient, rest = divmod(self._total(), other._total())
            return quotient, _make_delta(timedelta, rest)
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, timedelta):
            return self._total() == other._total()
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, timedelta):
            return self._total() <= other._total()
        return NotImplemented

    def __lt__(self, other):
        if isinstance(other, timedelta):
            return self._total() < other._total()
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, timedelta):
            return self._total() >= other._total()
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, timedelta):
            return self._total() > other._total()
        return NotImplemented

    def __hash__(self):
        return hash((self._days, self._seconds, self._microseconds))

    def __bool__(self):
        return self._days != 0 or self._seconds != 0 or self._microseconds != 0

    def __reduce__(self):
        return self.__class__, (self._days, self._seconds, self._microseconds)


def _divide(a, b):
    """a / b as an int, half to even."""
    quotient, rest = divmod(a, b)
    rest *= 2
    if (rest > b if b > 0 else rest < b) or rest == b and quotient % 2:
        quotient += 1
    return quotient


def _make_delta(cls, total):
    days, rest = divmod(total, 86400000000)
    if not -999999999 <= days <= 999999999:
        if not -0x80000000 <= days <= 0x7FFFFFFF:
            raise OverflowError("Python int too large to convert to C int")
        raise OverflowError(f"days={days}; must have magnitude <= 999999999")
    self = object.__new__(cls)
    self._days = days
    self._seconds, self._microseconds = divmod(rest, 1000000)
    return self


def _shown_class(object):
    # Classes of the module show with its name, those of programs with the bare name and
    # their module, as CPython's do.
    kind = type(object)
    if kind.__module__ == "datetime":
        return "datetime." + kind.__qualname__
    return kind.__qualname__


_one_day = timedelta(1)
_zero = timedelta(0)
timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(
    days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999
)
timedelta.resolution = timedelta(microseconds=1)


@_name_fully
class date:
    """date(year, month, day) --> date object"""

    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year=_missing, month=_missing, day=_missing):
        if month is _missing and isinstance(year, (bytes, str)) and len(year) == 4:
            # What pickles hold.
            if isinstance(year, str):
                year = year.encode("latin1")
            if 1 <= year[2] <= 12:
                return _make_date(cls, year[0] * 256 + year[1], year[2], year[3])
        _need((year, month, day), ("year", "month", "day"), 3)
        return _make_date(cls, *_check_date_fields(year, month, day))

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """Create a date from a POSIX timestamp."""
        if timestamp is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        year, month, day = _time.localtime(_floor(timestamp))[:3]
        return cls(year, month, day)

    @classmethod
    def today(cls):
        """Current date or datetime:  same as self.__class__.fromtimestamp(time.time())."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        """int -> date corresponding to a proleptic Gregorian ordinal."""
        ordinal = _index(ordinal)
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        year, month, day = _from_ordinal(ordinal)
        return cls(year, month, day)

    @classmethod
    def fromisoformat(cls, string, /):
        """Construct a date from a string in ISO 8601 format."""
        if not isinstance(string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            year, month, day = _parse_date(string)
        except ValueError as error:
            raise ValueError(f"Invalid isoformat string: {string!r}") from None
        return cls(year, month, day)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """int, int, int -> Construct a date from the ISO year, week number and weekday.

        This is the inverse of the function date.isocalendar()"""
        return cls(*_from_iso_calendar(year, week, day))

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    def __repr__(self):
        return f"{_shown_class(self)}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        """Return ctime() style string."""
        name = _DAY_NAMES[self.weekday()]
        return f"{name} {_MONTH_NAMES[self._month]} {self._day:2d} 00:00:00 {self._year:04d}"

    def strftime(self, format):
        """format -> strftime() style string."""
        return _strftime(self, format, self.timetuple())

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError(
                f"__format__() argument 1 must be str, not {type(format).__name__}"
            )
        return self.strftime(format) if format else str(self)

    def isoformat(self):
        """Return string in ISO 8601 format, YYYY-MM-DD."""
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    def __str__(self):
        return self.isoformat()

    def timetuple(self):
        """Return time tuple, compatible with time.localtime()."""
        return _make_tuple(self._year, self._month, self._day, 0, 0, 0, -1)

    def toordinal(self):
        """Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."""
        return _to_ordinal(self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        """Return date with new specified fields."""
        return type(self)(
            self._year if year is None else year,
            self._month if month is None else month,
            self._day if day is None else day,
        )

    __replace__ = replace

    def weekday(self):
        """Return the day of the week represented by the date.
        Monday == 0 ... Sunday == 6"""
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        """Return the day of the week represented by the date.
        Monday == 1 ... Sunday == 7"""
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        """Return a named tuple containing ISO year, week number, and weekday."""
        return IsoCalendarDate(*_iso_calendar(self._year, self._month, self._day))

    def _key(self):
        return self._year, self._month, self._day

    def _comparable(self, other):
        return isinstance(other, date) and not isinstance(other, datetime)

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def _state(self):
        return bytes([*divmod(self._year, 256), self._month, self._day])

    def __hash__(self):
        return hash(self._state())

    def __add__(self, other):
        if isinstance(other, timedelta):
            ordinal = self.toordinal() + other._days
            if 0 < ordinal <= _MAX_ORDINAL:
                return type(self).fromordinal(ordinal)
            raise OverflowError("date value out of range")
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other._days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def __reduce__(self):
        return self.__class__, (self._state(),)


def _make_date(cls, year, month, day):
    self = object.__new__(cls)
    self._year = year
    self._month = month
    self._day = day
    return self


def _floor(timestamp):
    if isinstance(timestamp, float):
        if timestamp != timestamp:
            raise ValueError("Invalid value NaN (not a number)")
        return int(timestamp // 1)
    return timestamp


def _iso_calendar(year, month, day):
    today = _to_ordinal(year, month, day)
    monday = _iso_week_one(year)
    week, weekday = divmod(today - monday, 7)
    if week < 0:
        year -= 1
        week, weekday = divmod(today - _iso_week_one(year), 7)
    elif week >= 52 and today >= _iso_week_one(year + 1):
        year += 1
        week = 0
    return year, week + 1, weekday + 1


def _make_tuple(year, month, day, hour, minute, second, dst):
    weekday = (_to_ordinal(year, month, day) + 6) % 7
    day_of_year = _days_before_month(year, month) + day
    return _time.struct_time(
        (year, month, day, hour, minute, second, weekday, day_of_year, dst)
    )


@_name_fully
class IsoCalendarDate(tuple):
    """The result of date.isocalendar() or datetime.isocalendar()

    This object may be accessed either as a tuple of
      ((year, week, weekday))
    or via the object attributes as named in the above tuple."""

    __slots__ = ()

    def __new__(cls, year, week, weekday, /):
        return super().__new__(cls, (year, week, weekday))

    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


@_name_fully
class tzinfo:
    """Abstract base class for time zone info objects."""

    __slots__ = ()

    def tzname(self, dt, /):
        """datetime -> string name of time zone."""
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt, /):
        """datetime -> timedelta showing offset from UTC, negative values indicating West of UTC"""
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt, /):
        """datetime -> DST offset as timedelta positive east of UTC."""
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt, /):
        """datetime in UTC -> datetime in local time."""
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc: non-None dst() result required")
        delta = offset - dst
        if delta:
            dt += delta
            dst = dt.dst()
            if dst is None:
                raise ValueError(
                    "fromutc: tz.dst() gave inconsistent results; cannot convert"
                )
        return dt + dst

    def __reduce__(self):
        get_args = getattr(self, "__getinitargs__", None)
        args = get_args() if get_args else ()
        return self.__class__, args, self.__getstate__()


@_name_fully
class time:
    """time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object

    All arguments are optional. tzinfo may be None, or an instance of
    a tzinfo subclass. The remaining arguments may be ints."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, (bytes, str)) and len(hour) == 6:
            if isinstance(hour, str):
                hour = hour.encode("latin1")
            if hour[0] & 0x7F < 24:
                zone = minute or None
                if zone is not None and not isinstance(zone, _tzinfo_class):
                    raise TypeError("bad tzinfo state arg")
                fraction = int.from_bytes(hour[3:6])
                fields = (hour[0] & 0x7F, hour[1], hour[2], fraction)
                return _make_time(cls, *fields, zone, hour[0] >> 7)
        fields = _check_time_fields(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        return _make_time(cls, *fields[:4], tzinfo, fields[4])

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    def _compare(self, other, is_equality=False):
        """Keys of both for a comparison; None when they are not comparable."""
        keys = [
            (t._hour, t._minute, t._second, t._microsecond) for t in (self, other)
        ]
        if self._tzinfo is other._tzinfo:
            return keys
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine == theirs:
            return keys
        if mine is None or theirs is None:
            if is_equality:
                return None
            raise TypeError("can't compare offset-naive and offset-aware times")
        return [
            timedelta(hours=key[0], minutes=key[1], seconds=key[2], microseconds=key[3]) - offset
            for key, offset in zip(keys, (mine, theirs))
        ]

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        keys = self._compare(other, True)
        return keys is not None and keys[0] == keys[1]

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._compare(other)
        return a <= b

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._compare(other)
        return a < b

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._compare(other)
        return a >= b

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._compare(other)
        return a > b

    def __hash__(self):
        this = self.replace(fold=0) if self._fold else self
        offset = this.utcoffset()
        if offset is None:
            return hash(this._state())
        moment = timedelta(
            hours=self._hour,
            minutes=self._minute,
            seconds=self._second,
            microseconds=self._microsecond,
        )
        return hash(moment - offset)

    def __repr__(self):
        text = f"{self._hour}, {self._minute}"
        if self._second or self._microsecond:
            text += f", {self._second}"
        if self._microsecond:
            text += f", {self._microsecond}"
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{_shown_class(self)}({text})"

    def isoformat(self, timespec="auto"):
        """Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]."""
        text = _show_time(
            self._hour, self._minute, self._second, self._microsecond, timespec
        )
        return text + _show_offset(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    @classmethod
    def fromisoformat(cls, string, /):
        """Construct a time from a string in ISO 8601 format."""
        if not isinstance(string, str):
            raise TypeError("fromisoformat: argument must be str")
        text = string[1:] if string.startswith("T") else string
        try:
            hour, minute, second, microsecond, zone = _parse_time(text)
            return cls(hour, minute, second, microsecond, tzinfo=zone)
        except ValueError as error:
            if str(error).endswith(("must be in 0..23", "in 0..59")):
                raise
            raise ValueError(f"Invalid isoformat string: {string!r}") from None

    def strftime(self, format):
        """format -> strftime() style string."""
        fields = (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)
        return _strftime(self, format, fields)

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError(
                f"__format__() argument 1 must be str, not {type(format).__name__}"
            )
        return self.strftime(format) if format else str(self)

    def utcoffset(self):
        """Return self.tzinfo.utcoffset(self)."""
        return _ask_offset(self._tzinfo, "utcoffset", None)

    def tzname(self):
        """Return self.tzinfo.tzname(self)."""
        return _ask_name(self._tzinfo, None)

    def dst(self):
        """Return self.tzinfo.dst(self)."""
        return _ask_offset(self._tzinfo, "dst", None)

    def replace(
        self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None
    ):
        """Return time with new specified fields."""
        return type(self)(
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    __replace__ = replace

    def _state(self, protocol=3):
        hour = self._hour
        if self._fold and protocol > 3:
            hour += 128
        return bytes([hour, self._minute, self._second]) + self._microsecond.to_bytes(3)

    def __reduce_ex__(self, protocol):
        state = self._state(protocol)
        args = (state,) if self._tzinfo is None else (state, self._tzinfo)
        return self.__class__, args

    def __reduce__(self):
        return self.__reduce_ex__(2)


_tzinfo_class = tzinfo


def _make_time(cls, hour, minute, second, microsecond, zone, fold):
    self = object.__new__(cls)
    self._hour = hour
    self._minute = minute
    self._second = second
    self._microsecond = microsecond
    self._tzinfo = zone
    self._fold = fold
    return self


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


@_name_fully
class datetime(date):
    """datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])

    The year, month and day arguments are required. tzinfo may be None, or an
    instance of a tzinfo subclass. The remaining arguments may be ints."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(
        cls,
        year=_missing,
        month=_missing,
        day=_missing,
        hour=0,
        minute=0,
        second=0,
        microsecond=0,
        tzinfo=None,
        *,
        fold=0,
    ):
        if isinstance(year, (bytes, str)) and len(year) == 10:
            if isinstance(year, str):
                year = year.encode("latin1")
            if 1 <= year[2] & 0x7F <= 12:
                zone = None if month is _missing else month
                if zone is not None and not isinstance(zone, _tzinfo_class):
                    raise TypeError("bad tzinfo state arg")
                fields = (year[0] * 256 + year[1], year[2] & 0x7F, *year[3:7])
                fraction = int.from_bytes(year[7:10])
                return _make_datetime(cls, *fields, fraction, zone, year[2] >> 7)
        _need((year, month, day), ("year", "month", "day"), 3)
        day_fields = _check_date_fields(year, month, day)
        fields = _check_time_fields(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        return _make_datetime(cls, *day_fields, *fields[:4], tzinfo, fields[4])

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    @classmethod
    def _from_timestamp(cls, timestamp, utc, tz):
        if isinstance(timestamp, float):
            if timestamp != timestamp:
                raise ValueError("Invalid value NaN (not a number)")
            fraction, seconds = _modf(timestamp)
            microsecond = round(fraction * 1e6)
            seconds = int(seconds)
            if microsecond >= 1000000:
                seconds += 1
                microsecond -= 1000000
            elif microsecond < 0:
                seconds -= 1
                microsecond += 1000000
        else:
            seconds, microsecond = _index(timestamp), 0
        convert = _time.gmtime if utc else _time.localtime
        year, month, day, hour, minute, second, _, _, _ = convert(seconds)
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError(f"year {year} is out of range")
        second = min(second, 59)
        result = cls(year, month, day, hour, minute, second, microsecond, tz)
        if tz is None and not utc:
            # In an hour that comes twice, the later one is marked.
            day_in_seconds = 24 * 3600
            if seconds >= day_in_seconds:
                earlier = convert(seconds - day_in_seconds)
                probe = cls(*earlier[:5], min(earlier[5], 59), microsecond, tz)
                gap = result - probe - timedelta(0, day_in_seconds)
                if gap.days < 0:
                    again = convert(seconds + gap // timedelta(0, 1))
                    if cls(*again[:5], min(again[5], 59), microsecond, tz) == result:
                        result._fold = 1
        elif tz is not None:
            result = tz.fromutc(result)
        return result

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """timestamp[, tz] -> tz's local time from POSIX timestamp."""
        _check_tzinfo(tz)
        return cls._from_timestamp(timestamp, tz is not None, tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """Construct a naive UTC datetime from a POSIX timestamp."""
        import warnings

        warnings.warn(
            "datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal "
            "in a future version. Use timezone-aware objects to represent datetimes in UTC: "
            "datetime.datetime.fromtimestamp(timestamp, datetime.UTC).",
            DeprecationWarning,
            stacklevel=2,
        )
        return cls._from_timestamp(timestamp, True, None)

    @classmethod
    def now(cls, tz=None):
        """Returns new datetime object representing current time local to tz."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """Return a new datetime representing UTC day and time."""
        import warnings

        warnings.warn(
            "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future "
            "version. Use timezone-aware objects to represent datetimes in UTC: "
            "datetime.datetime.now(datetime.UTC).",
            DeprecationWarning,
            stacklevel=2,
        )
        return cls._from_timestamp(_time.time(), True, None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """date, time -> datetime with same date and time fields."""
        if not isinstance(date, _date_class):
            raise TypeError(
                f"combine() argument 1 must be datetime.date, not {type(date).__name__}"
            )
        if not isinstance(time, _time_class):
            raise TypeError(
                f"combine() argument 2 must be datetime.time, not {type(time).__name__}"
            )
        if tzinfo is True:
            tzinfo = time.tzinfo
        return cls(
            date.year,
            date.month,
            date.day,
            time.hour,
            time.minute,
            time.second,
            time.microsecond,
            tzinfo,
            fold=time.fold,
        )

    @classmethod
    def fromisoformat(cls, string, /):
        """string -> datetime from a string in most ISO 8601 formats"""
        if not isinstance(string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(string) < 7:
                raise ValueError(string)
            length = _date_length(string)
            year, month, day = _parse_date(string[:length])
            fields = (0, 0, 0, 0, None)
            if len(string) > length:
                fields = _parse_time(string[length + 1 :])
            hour, minute, second, microsecond, zone = fields
        except ValueError as error:
            raise ValueError(f"Invalid isoformat string: {string!r}") from None
        return cls(year, month, day, hour, minute, second, microsecond, zone)

    @classmethod
    def strptime(cls, date_string, format, /):
        """string, format -> new datetime parsed from a string (like time.strptime())."""
        import _strptime

        return _strptime._strptime_datetime(cls, date_string, format)

    def timetuple(self):
        """Return time tuple, compatible with time.localtime()."""
        dst = self.dst()
        dst = -1 if dst is None else int(bool(dst))
        return _make_tuple(
            self._year, self._month, self._day, self._hour, self._minute, self._second, dst
        )

    def utctimetuple(self):
        """Return UTC time tuple, compatible with time.localtime()."""
        offset = self.utcoffset()
        moment = self - offset if offset else self
        return _make_tuple(
            moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, 0
        )

    def _local_seconds(self):
        """Seconds since the epoch of this moment as local time."""
        seconds = (self.replace(tzinfo=None) - _epoch_naive) // timedelta(0, 1)
        day = 24 * 3600

        def local(at):
            y, m, d, h, mi, s = _time.localtime(at)[:6]
            return (datetime(y, m, d, h, mi, min(s, 59)) - _epoch_naive) // timedelta(0, 1)

        # Two guesses: an offset from before, and one from after a change of the clocks.
        first = local(seconds) - seconds
        guess = seconds - first
        if local(guess) == seconds:
            other = guess + (-day, day)[self._fold]
            second = local(other) - other
            if first == second:
                return guess
        else:
            second = guess and local(guess) - guess
        again = seconds - second
        if local(again) == seconds:
            return again
        if local(guess) == seconds:
            return guess
        return (max, min)[self._fold](guess, again)

    def timestamp(self):
        """Return POSIX timestamp as float."""
        if self.utcoffset() is None:
            return self._local_seconds() + self._microsecond / 1e6
        return (self - _epoch).total_seconds()

    def date(self):
        """Return date object with same year, month and day."""
        return _make_date(_date_class, self._year, self._month, self._day)

    def time(self):
        """Return time object with same time but with tzinfo=None."""
        return _make_time(
            _time_class,
            self._hour,
            self._minute,
            self._second,
            self._microsecond,
            None,
            self._fold,
        )

    def timetz(self):
        """Return time object with same time and tzinfo."""
        return _make_time(
            _time_class,
            self._hour,
            self._minute,
            self._second,
            self._microsecond,
            self._tzinfo,
            self._fold,
        )

    def replace(
        self,
        year=None,
        month=None,
        day=None,
        hour=None,
        minute=None,
        second=None,
        microsecond=None,
        tzinfo=True,
        *,
        fold=None,
    ):
        """Return datetime with new specified fields."""
        return type(self)(
            self._year if year is None else year,
            self._month if month is None else month,
            self._day if day is None else day,
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    __replace__ = replace

    def _local_timezone(self):
        if self._tzinfo is None:
            seconds = self._local_seconds()
        else:
            seconds = (self - _epoch) // timedelta(seconds=1)
        local = _time.localtime(seconds)
        return timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)

    def astimezone(self, tz=None):
        """tz -> convert to local time in new timezone tz"""
        if tz is None:
            tz = self._local_timezone()
        elif not isinstance(tz, _tzinfo_class):
            raise TypeError(
                "tzinfo argument must be None or of a tzinfo subclass, "
                f"not type '{type(tz).__name__}'"
            )
        mine = self._tzinfo
        offset = None if mine is None else self.utcoffset()
        if offset is None:
            mine = self.replace(tzinfo=None)._local_timezone()
            offset = mine.utcoffset(self)
        if tz is self._tzinfo:
            return self
        utc = (self.replace(tzinfo=None) - offset).replace(tzinfo=tz)
        return tz.fromutc(utc)

    def ctime(self):
        """Return ctime() style string."""
        name = _DAY_NAMES[self.weekday()]
        clock = f"{self._hour:02d}:{self._minute:02d}:{self._second:02d}"
        return f"{name} {_MONTH_NAMES[self._month]} {self._day:2d} {clock} {self._year:04d}"

    def isoformat(self, sep="T", timespec="auto"):
        """[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError(
                f"isoformat() argument 1 must be a unicode character, not {type(sep).__name__}"
            )
        day = f"{self._year:04d}-{self._month:02d}-{self._day:02d}"
        clock = _show_time(
            self._hour, self._minute, self._second, self._microsecond, timespec
        )
        return day + sep + clock + _show_offset(self.utcoffset())

    def __repr__(self):
        fields = [
            self._year,
            self._month,
            self._day,
            self._hour,
            self._minute,
            self._second,
            self._microsecond,
        ]
        if not fields[-1]:
            del fields[-1]
            if not fields[-1]:
                del fields[-1]
        text = ", ".join(map(str, fields))
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{_shown_class(self)}({text})"

    def __str__(self):
        return self.isoformat(sep=" ")

    def utcoffset(self):
        """Return self.tzinfo.utcoffset(self)."""
        return _ask_offset(self._tzinfo, "utcoffset", self)

    def tzname(self):
        """Return self.tzinfo.tzname(self)."""
        return _ask_name(self._tzinfo, self)

    def dst(self):
        """Return self.tzinfo.dst(self)."""
        return _ask_offset(self._tzinfo, "dst", self)

    def _total(self):
        """Microseconds since the day 0."""
        seconds = self._hour * 3600 + self._minute * 60 + self._second
        return (self.toordinal() * 86400 + seconds) * 1000000 + self._microsecond

    def _difference(self, other, what):
        """Microseconds between two moments; None where one is naive and the other aware, if `what` is empty."""
        if self._tzinfo is other._tzinfo:
            return self._total() - other._total()
        mine, theirs = self.utcoffset(), other.utcoffset()
        if not what:
            # Moments whose offset depends on `fold` equal nothing of another zone.
            if mine != self.replace(fold=not self._fold).utcoffset():
                return None
            if theirs != other.replace(fold=not other._fold).utcoffset():
                return None
        if mine == theirs:
            return self._total() - other._total()
        if mine is None or theirs is None:
            if not what:
                return None
            raise TypeError(f"can't {what} offset-naive and offset-aware datetimes")
        return self._total() - other._total() - mine._total() + theirs._total()

    def __eq__(self, other):
        if isinstance(other, datetime):
            return self._difference(other, "") == 0
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, datetime):
            return self._difference(other, "compare") <= 0
        return NotImplemented

    def __lt__(self, other):
        if isinstance(other, datetime):
            return self._difference(other, "compare") < 0
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, datetime):
            return self._difference(other, "compare") >= 0
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, datetime):
            return self._difference(other, "compare") > 0
        return NotImplemented

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        days, rest = divmod(self._total() + other._total(), 86400000000)
        if not 0 < days <= _MAX_ORDINAL:
            raise OverflowError("date value out of range")
        seconds, microsecond = divmod(rest, 1000000)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        year, month, day = _from_ordinal(days)
        cls = type(self)
        if cls is datetime:
            return _make_datetime(
                cls, year, month, day, hour, minute, second, microsecond, self._tzinfo, 0
            )
        return cls(year, month, day, hour, minute, second, microsecond, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, datetime):
            return _make_delta(timedelta, self._difference(other, "subtract"))
        if isinstance(other, timedelta):
            return self + -other
        return NotImplemented

    def __hash__(self):
        this = self.replace(fold=0) if self._fold else self
        offset = this.utcoffset()
        if offset is None:
            return hash(this._state())
        return hash(_make_delta(timedelta, self._total() - offset._total()))

    def _state(self, protocol=3):
        month = self._month
        if self._fold and protocol > 3:
            month += 128
        fields = (month, self._day, self._hour, self._minute, self._second)
        return bytes([*divmod(self._year, 256), *fields]) + self._microsecond.to_bytes(3)

    def __reduce_ex__(self, protocol):
        state = self._state(protocol)
        args = (state,) if self._tzinfo is None else (state, self._tzinfo)
        return self.__class__, args

    def __reduce__(self):
        return self.__reduce_ex__(2)


_date_class = date
_time_class = time


def _make_datetime(cls, year, month, day, hour, minute, second, microsecond, zone, fold):
    self = object.__new__(cls)
    self._year = year
    self._month = month
    self._day = day
    self._hour = hour
    self._minute = minute
    self._second = second
    self._microsecond = microsecond
    self._tzinfo = zone
    self._fold = fold
    return self


def _date_length(text):
    """How many characters of an ISO datetime are the date."""
    if text[4] == "-":
        if text[5] != "W":
            return 10
        # The day of the week may be missing.
        if len(text) > 8 and text[8] == "-":
            if len(text) == 9:
                raise ValueError(text)
            if len(text) > 10 and text[10].isdigit():
                return 8
            return 10
        return 8
    if text[4] == "W":
        index = 7
        while index < len(text) and text[index].isdigit():
            index += 1
        if index < 9:
            return index
        return 7 if index % 2 == 0 else 8
    return 8


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
_epoch_naive = datetime(1970, 1, 1)


@_name_fully
class timezone(tzinfo):
    """Fixed offset from UTC implementation of tzinfo."""

    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=_missing):
        if not isinstance(offset, timedelta):
            raise TypeError(
                f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}"
            )
        if name is _missing:
            if not offset:
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if not -_one_day < offset < _one_day:
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and "
                f"timedelta(hours=24), not {offset!r}."
            )
        return _make_timezone(cls, offset, name)

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def __getinitargs__(self):
        """pickle support"""
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __reduce__(self):
        return self.__class__, self.__getinitargs__(), None

    def __eq__(self, other):
        if isinstance(other, timezone):
            return self._offset == other._offset
        return NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is self.utc:
            return "datetime.timezone.utc"
        if self._name is None:
            return f"datetime.timezone({self._offset!r})"
        return f"datetime.timezone({self._offset!r}, {self._name!r})"

    def __str__(self):
        return self.tzname(None)

    def _check(self, dt, name):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError(
                f"{name}(dt) argument must be a datetime instance or None, "
                f"not {type(dt).__name__}"
            )

    def utcoffset(self, dt, /):
        """Return fixed offset."""
        self._check(dt, "utcoffset")
        return self._offset

    def tzname(self, dt, /):
        """If name is specified when timezone is created, returns the name.
        Otherwise returns offset as 'UTC(+|-)HH:MM'."""
        self._check(dt, "tzname")
        if self._name is not None:
            return self._name
        return "UTC" + _show_offset(self._offset) if self._offset else "UTC"

    def dst(self, dt, /):
        """Return None."""
        self._check(dt, "dst")
        return None

    def fromutc(self, dt, /):
        """datetime in UTC -> datetime in local time."""
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() argument must be a datetime instance")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset


def _make_timezone(cls, offset, name=None):
    self = tzinfo.__new__(cls)
    self._offset = offset
    self._name = name
    return self


timezone.utc = UTC = _make_timezone(timezone, _zero)
timezone.min = _make_timezone(timezone, -timedelta(hours=23, minutes=59))
timezone.max = _make_timezone(timezone, timedelta(hours=23, minutes=59))
_epoch = datetime(1970, 1, 1, tzinfo=UTC)
