"""Dates and times.

All is in the module `_datetime`, so that only public names stand here.

Source: Library Reference "datetime".
"""

try:
    from _datetime import (
        MAXYEAR,
        MINYEAR,
        UTC,
        date,
        datetime,
        time,
        timedelta,
        timezone,
        tzinfo,
    )
except ImportError:
    from _pydatetime import (
        MAXYEAR,
        MINYEAR,
        UTC,
        date,
        datetime,
        time,
        timedelta,
        timezone,
        tzinfo,
    )

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
