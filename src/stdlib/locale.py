"""Locales: Coil has one, "C" with UTF-8, so that programs do the same everywhere.

Source: Library Reference "locale".
"""

__all__ = [
    "getlocale", "getdefaultlocale", "getpreferredencoding", "Error", "setlocale", "localeconv", "strcoll",
    "strxfrm", "str", "atof", "atoi", "format_string", "currency", "normalize", "LC_CTYPE", "LC_COLLATE",
    "LC_MESSAGES", "LC_TIME", "LC_MONETARY", "LC_NUMERIC", "LC_ALL", "CHAR_MAX", "getencoding",
    "delocalize", "localize",
]

LC_CTYPE = 0
LC_NUMERIC = 1
LC_TIME = 2
LC_COLLATE = 3
LC_MONETARY = 4
LC_MESSAGES = 5
LC_ALL = 6
CHAR_MAX = 127
CODESET = 14


class Error(Exception):
    """Raised when the locale passed to setlocale() is not recognized."""


_CONVENTIONS = {
    "decimal_point": ".",
    "thousands_sep": "",
    "grouping": [],
    "int_curr_symbol": "",
    "currency_symbol": "",
    "mon_decimal_point": "",
    "mon_thousands_sep": "",
    "mon_grouping": [],
    "positive_sign": "",
    "negative_sign": "",
    "int_frac_digits": CHAR_MAX,
    "frac_digits": CHAR_MAX,
    "p_cs_precedes": CHAR_MAX,
    "p_sep_by_space": CHAR_MAX,
    "n_cs_precedes": CHAR_MAX,
    "n_sep_by_space": CHAR_MAX,
    "p_sign_posn": CHAR_MAX,
    "n_sign_posn": CHAR_MAX,
}

_NAMES = {
    "LC_CTYPE": LC_CTYPE,
    "LC_NUMERIC": LC_NUMERIC,
    "LC_TIME": LC_TIME,
    "LC_COLLATE": LC_COLLATE,
    "LC_MONETARY": LC_MONETARY,
    "LC_MESSAGES": LC_MESSAGES,
}
_OWN = ("C", "POSIX", "C.UTF-8", "C.utf8")
_current = {category: "C" for category in range(LC_ALL)}
_current[LC_CTYPE] = "C.UTF-8"


def localeconv():
    """Returns numeric and monetary locale-specific parameters."""
    return {name: list(v) if isinstance(v, list) else v for name, v in _CONVENTIONS.items()}


def setlocale(category, locale=None):
    """Set the locale for the given category. Only that of Coil and "" can be set."""
    if not isinstance(category, int) or not 0 <= category <= LC_ALL:
        raise Error("invalid locale category")
    if locale is not None:
        if isinstance(locale, (tuple, list)):
            locale = ".".join(part for part in locale if part) or "C"
        if locale == "":
            locale = "C.UTF-8"
        elif category == LC_ALL and "=" in locale:
            # What this function gave before.
            settings = dict(part.partition("=")[::2] for part in locale.split(";"))
            if not all(name in _NAMES and each in _OWN for name, each in settings.items()):
                raise Error("unsupported locale setting")
            _current.update((_NAMES[name], each) for name, each in settings.items())
            return setlocale(LC_ALL)
        elif locale not in _OWN:
            raise Error("unsupported locale setting")
        for each in range(LC_ALL) if category == LC_ALL else (category,):
            _current[each] = locale
    if category != LC_ALL:
        return _current[category]
    names = set(_current.values())
    if len(names) == 1:
        return names.pop()
    return ";".join(f"{name}={_current[number]}" for name, number in _NAMES.items())


def getlocale(category=LC_CTYPE):
    """Returns the current setting for the given locale category as a pair of language code
    and encoding."""
    name = _current.get(category, "C")
    return ("C", "UTF-8") if "." in name else (None, None)


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    """The locale of the environment, as a pair of language code and encoding."""
    return ("C", "UTF-8")


def getencoding():
    """The encoding of the locale."""
    return "UTF-8"


def getpreferredencoding(do_setlocale=True):
    """The encoding that is likely to be used for text."""
    return "UTF-8"


def nl_langinfo(key, /):
    """Return the value for the locale information associated with key."""
    return "UTF-8" if key == CODESET else ""


def normalize(localename):
    """Returns a normalized locale code for the given locale name."""
    return localename


def strcoll(a, b, /):
    """Compares two strings according to the locale."""
    return (a > b) - (a < b)


def strxfrm(string, /):
    """Return a string that can be used as a key for locale-aware comparisons."""
    return string


def str(val):
    """Convert float to string, taking the locale into account."""
    return f"{val:.12g}"


def delocalize(string):
    """Parses a string as a normalized number according to the locale settings."""
    return string


def localize(string, grouping=False, monetary=False):
    """Parses a string as locale number according to the locale settings."""
    return string


def atof(string, func=float):
    """Parses a string as a float according to the locale settings."""
    return func(string)


def atoi(string):
    """Converts a string to an integer according to the locale settings."""
    return int(string)


def format_string(f, val, grouping=False, monetary=False):
    """Formats a string in the same way that the % formatting would use, but takes the current
    locale into account."""
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    """Formats val according to the currency settings in the current locale."""
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def bindtextdomain(domain, dir, /):
    """Bind the C library's domain to dir."""
    return dir


def textdomain(domain, /):
    """Set the C library's textdmain to domain, returning the new domain."""
    return domain or "messages"


def _format(percent, value, grouping=False, monetary=False, *additional):
    """One value by one format."""
    import _eras

    _eras.allows("locale.format")
    return format_string(percent, (value, *additional) if additional else value, grouping, monetary)


def __getattr__(name):
    if name == "format":
        import _eras

        if _eras.has("locale.format"):
            return _format
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
