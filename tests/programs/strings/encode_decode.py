for text in "abc", "é", "日本", "😀", "":
    print(ascii(text), text.encode(), text.encode("utf-16-le"), text.encode("utf-8").decode("utf-8") == text)
for expression in r"""
"é".encode("latin-1")
"é€".encode("ascii", "ignore")
"é€".encode("ascii", "replace")
"é€".encode("ascii", "xmlcharrefreplace")
"é€".encode("ascii", "backslashreplace")
"é".encode("ascii", errors="namereplace")
b"a\xffb".decode("utf-8", "replace") == "a\ufffdb"
b"a\xffb".decode("utf-8", "ignore")
b"a\xffb".decode("ascii", "backslashreplace")
b"\xe9".decode("latin-1")
str(b"abc", "ascii")
str(b"\xc3\xa9", encoding="utf-8")
b"\xff\xfea\x00".decode("utf-16")
b"\xed\xa0\x80".decode("utf-8", "replace")
b"\xf0\x9f\x98".decode("utf-8", "replace")
str(b"abc")
str()
str(5)
str(object=[1])
""".strip().splitlines():
    print(expression, "->", eval(expression))
for action in (
    lambda: b"\xff".decode(),
    lambda: "é".encode("ascii"),
    lambda: "a".encode("nope"),
    lambda: b"a".decode("utf-8", "nope"),
    lambda: str(b"a", 5),
    lambda: str("a", "utf-8"),
):
    try:
        print(action())
    except (UnicodeError, LookupError, TypeError) as error:
        print(type(error).__name__, error)
