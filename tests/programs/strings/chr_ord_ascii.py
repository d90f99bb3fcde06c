for expression in r"""
chr(97)
chr(8364)
chr(0x1f600)
ord("a")
ord("€")
ord("😀")
ord(b"x")
repr(chr(0))
ascii("é'\n")
ascii([1, "é"])
chr(0x10ffff) == "\U0010ffff"
""".strip().splitlines():
    print(expression, "->", eval(expression))
for action in (
    lambda: chr(-1),
    lambda: chr(0x110000),
    lambda: ord("ab"),
    lambda: ord(""),
    lambda: chr("a"),
    lambda: ord(5),
    lambda: chr(1.5),
    lambda: ord(b"ab"),
):
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
