s = "abc"
for expression in """
s.ljust(6) + "|"
s.rjust(6)
s.center(6) + "|"
s.center(7, "*")
s.center(8, "*")
s.ljust(2)
s.rjust(5, "é")
"x".center(4, "-")
"xy".center(5, "-")
"42".zfill(5)
"-42".zfill(5)
"+x".zfill(4)
"".zfill(2)
"abc".zfill(2)
"--1".zfill(5)
""".strip().splitlines():
    print(expression, "->", eval(expression))
print("a\tb\tc".expandtabs(), "a\tb".expandtabs(4), "\t".expandtabs(0), "ab\ncd\te".expandtabs(4), "a\tb".expandtabs(1))
for action in lambda: s.center(5, "xx"), lambda: s.ljust("5"), lambda: s.center(5, ""):
    try:
        action()
    except TypeError as error:
        print(error)
