for action in (
    lambda: "é".encode("ascii"),
    lambda: b"\xff".decode("utf-8"),
    lambda: b"ab\xe9".decode("ascii"),
    lambda: "a\ud800".encode("utf-8"),
    lambda: "x".encode("no-such"),
    lambda: "日本".encode("latin-1"),
):
    try:
        action()
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error)
        if isinstance(error, UnicodeError):
            print(error.encoding, error.start, error.end, error.reason, ascii(error.object))
