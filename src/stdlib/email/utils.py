"""Miscellaneous utilities: dates, addresses, quoting.

Source: Standard Library, "email.utils"; RFC 5322, RFC 2231.
"""

import re
import time

__all__ = [
    "collapse_rfc2231_value", "decode_params", "decode_rfc2231", "encode_rfc2231", "formataddr", "formatdate",
    "format_datetime", "getaddresses", "make_msgid", "mktime_tz", "parseaddr", "parsedate", "parsedate_tz",
    "parsedate_to_datetime", "quote", "unquote",
]

_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "AST": -400, "ADT": -300, "EST": -500, "EDT": -400, "CST": -600,
          "CDT": -500, "MST": -700, "MDT": -600, "PST": -800, "PDT": -700}


def quote(str):
    """Prepare string to be used in a quoted string."""
    return str.replace("\\", "\\\\").replace('"', '\\"')


def unquote(str):
    """Remove quotes from a string."""
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        if str.startswith("<") and str.endswith(">"):
            return str[1:-1]
    return str


# --- dates

def _format_timetuple_and_zone(timetuple, zone):
    return "%s, %02d %s %04d %02d:%02d:%02d %s" % (
        _DAYS[timetuple[6]], timetuple[2], _MONTHS[timetuple[1] - 1], timetuple[0], timetuple[3], timetuple[4],
        timetuple[5], zone)


def formatdate(timeval=None, localtime=False, usegmt=False):
    """Returns a date string as specified by RFC 2822, e.g.:

    Fri, 09 Nov 2001 01:08:47 -0000
    """
    if timeval is None:
        timeval = time.time()
    if localtime:
        moment = time.localtime(timeval)
        offset = (getattr(moment, "tm_gmtoff", 0) or 0) // 60
        zone = "%s%02d%02d" % ("-" if offset < 0 else "+", abs(offset) // 60, abs(offset) % 60)
        return _format_timetuple_and_zone(moment, zone)
    return _format_timetuple_and_zone(time.gmtime(timeval), "GMT" if usegmt else "-0000")


def format_datetime(dt, usegmt=False):
    """Turn a datetime into a date string as specified in RFC 2822."""
    now = dt.timetuple()
    if usegmt:
        from datetime import timezone
        if dt.tzinfo is None or dt.tzinfo != timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        zone = "GMT"
    elif dt.tzinfo is None:
        zone = "-0000"
    else:
        zone = dt.strftime("%z")
    return _format_timetuple_and_zone(now, zone)


def localtime(dt=None):
    """Return local time as an aware datetime object."""
    from datetime import datetime
    return (datetime.now() if dt is None else dt).astimezone()


def parsedate_tz(data):
    """Convert a date string to a time tuple, with the offset of its zone in seconds as the tenth item."""
    parsed = _parse_date(data)
    if parsed is None:
        return None
    return (*parsed[:9], 0) if parsed[9] is None else parsed


def _parse_date(data):
    if not data:
        return None
    words = data.split()
    if not words:
        return None
    # The day of the week says nothing new.
    if words[0].endswith(",") or words[0].lower()[:3] in map(str.lower, _DAYS):
        del words[0]
    elif "," in words[0]:
        words[0] = words[0].partition(",")[2]
    if words and "-" in words[0] and len(words[0].split("-")) == 3:
        words[:1] = words[0].split("-")
    if len(words) == 4 and re.fullmatch(r".+[+-]\d{4}", words[3]):
        words[3:] = [words[3][:-5], words[3][-5:]]
    if len(words) < 4:
        return None
    day, month, year, clock = words[:4]
    zone = words[4] if len(words) > 4 else None
    if month.lower()[:3] not in map(str.lower, _MONTHS):
        day, month = month, day
        if month.lower()[:3] not in map(str.lower, _MONTHS):
            return None
    if ":" in year:
        # asctime: the clock comes before the year.
        year, clock = clock, year
    elif zone and ":" in zone and ":" not in clock:
        clock, zone = zone, None
    month = [name.lower() for name in _MONTHS].index(month.lower()[:3]) + 1
    times = clock.strip(",").split(":") if ":" in clock else clock.split(".")
    if len(times) not in (2, 3):
        return None
    try:
        day, year = int(day.rstrip(",")), int(year.rstrip(","))
        hour, minute, second = (*map(int, times), 0)[:3]
    except ValueError:
        return None
    if year < 100:
        year += 1900 if year > 68 else 2000
    offset = None
    if zone:
        offset = _ZONES.get(zone.upper())
        if offset is None:
            try:
                offset = int(zone)
            except ValueError:
                pass
            if offset == 0 and zone.startswith("-"):
                offset = None
        if offset is not None:
            sign = -1 if offset < 0 else 1
            offset = sign * (abs(offset) // 100 * 3600 + abs(offset) % 100 * 60)
    return (year, month, day, hour, minute, second, 0, 1, -1, offset)


def parsedate(data):
    """Convert a time string to a time tuple."""
    parsed = parsedate_tz(data)
    return parsed[:9] if isinstance(parsed, tuple) else parsed


def mktime_tz(data):
    """Turn a 10-tuple as returned by parsedate_tz() into a POSIX timestamp."""
    if data[9] is None:
        return time.mktime(data[:8] + (-1,))
    import calendar
    return calendar.timegm(data) - data[9]


def parsedate_to_datetime(data):
    """The datetime of a date string; naive when the zone is not known."""
    parsed = _parse_date(data)
    if parsed is None:
        raise ValueError("Invalid date value or format " + repr(str(data)))
    import datetime
    if parsed[9] is None:
        return datetime.datetime(*parsed[:6])
    return datetime.datetime(*parsed[:6], tzinfo=datetime.timezone(datetime.timedelta(seconds=parsed[9])))


# --- addresses

_SPECIALS = re.compile(r'[][\\()<>@,:;".]')


def formataddr(pair, charset="utf-8"):
    """The inverse of parseaddr(), this takes a 2-tuple of the form (realname, email_address)."""
    name, address = pair
    address.encode("ascii")
    if name:
        quotes = '"' if _SPECIALS.search(name) else ""
        name = name.replace("\\", "\\\\").replace('"', '\\"')
        return f"{quotes}{name}{quotes} <{address}>"
    return address


def parseaddr(addr, *, strict=True):
    """Parse addr into its constituent realname and email address parts."""
    addresses = getaddresses([addr], strict=strict)
    return addresses[0] if len(addresses) == 1 else ("", "")


def getaddresses(fieldvalues, *, strict=True):
    """Return a list of (REALNAME, EMAIL) or ('','') for each fieldvalue."""
    found = []
    for part in _split_addresses(", ".join(map(str, fieldvalues))):
        match = re.fullmatch(r"\s*(.*?)\s*<\s*([^<>]*?)\s*>\s*", part, re.DOTALL)
        if match:
            found.append((unquote(match[1].strip()), match[2]))
            continue
        match = re.fullmatch(r"\s*([^()\s]+)\s*\((.*)\)\s*", part)
        if match:
            found.append((match[2], match[1]))
        elif part.strip():
            found.append(("", part.strip()) if " " not in part.strip() else ("", ""))
    return found


def _split_addresses(text):
    parts, start, quoted, depth, escaped = [], 0, False, 0, False
    for at, c in enumerate(text):
        if escaped:
            escaped = False
        elif c == "\\":
            escaped = True
        elif c == '"':
            quoted = not quoted
        elif quoted:
            pass
        elif c in "(<":
            depth += 1
        elif c in ")>":
            depth -= 1
        elif c == "," and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return parts


def make_msgid(idstring=None, domain=None):
    """Returns a string suitable for RFC 2822 compliant Message-ID."""
    import os
    import random
    import socket
    middle = "" if idstring is None else "." + idstring
    if domain is None:
        domain = socket.getfqdn()
    return f"<{int(time.time() * 100)}.{os.getpid()}.{random.getrandbits(64)}{middle}@{domain}>"


# --- RFC 2231: parameters in other character sets

def decode_rfc2231(s):
    """Decode string according to RFC 2231."""
    parts = s.split("'", 2)
    return (None, None, s) if len(parts) <= 2 else parts


def encode_rfc2231(s, charset=None, language=None):
    """Encode string according to RFC 2231."""
    from urllib.parse import quote as quote_url
    s = quote_url(s, safe="", encoding=charset or "ascii")
    if charset is None and language is None:
        return s
    return f"{charset}'{language or ''}'{s}"


def decode_params(params):
    """Decode parameters list according to RFC 2231."""
    from urllib.parse import unquote as unquote_url
    plain, pieces = [], {}
    for name, value in params:
        match = re.fullmatch(r"(\w+)\*(?:(\d+)(\*?))?", name, re.ASCII)
        if match is None:
            plain.append((name, f'"{quote(unquote(value))}"' if value else value))
            continue
        own, number, extended = match[1], match[2], match[3] if match[2] else "*"
        pieces.setdefault(own, []).append((int(number or 0), unquote(value), bool(extended)))
    for name, parts in pieces.items():
        parts.sort()
        text = "".join(unquote_url(value, "latin-1") if extended else value for _, value, extended in parts)
        if any(extended for *_, extended in parts):
            charset, language, text = decode_rfc2231(text)
            plain.append((name, (charset, language, f'"{quote(text)}"')))
        else:
            plain.append((name, f'"{quote(text)}"'))
    return plain


def collapse_rfc2231_value(value, errors="replace", fallback_charset="us-ascii"):
    """The text of a parameter, whichever form it had."""
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    charset, _, text = value
    try:
        return unquote(text).encode("latin-1").decode(charset or fallback_charset, errors)
    except LookupError:
        return unquote(text)
