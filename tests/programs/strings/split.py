for expression in r"""
"a b  c".split()
" a ".split()
"".split()
"a,b,,c".split(",")
"".split(",")
"a b c".split(None, 1)
"a,b,c".split(",", 1)
"a,b".split(",", 0)
"a--b--c".split("--")
"abc".split("abc")
"a b c".rsplit(None, 1)
"a,b,c".rsplit(",", 1)
"a  b ".rsplit()
"x\ty\nz".split()
"a\u3000b\xa0c".split()
"a,b,c".split(sep=",", maxsplit=-1)
" a b ".split(" ")
""".strip().splitlines():
    print(expression, "->", eval(expression))
print("l1\nl2\r\nl3\rl4\x0bl5\x0cl6\x1cl7\x85l8\u2028l9".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "a\n".splitlines(keepends=False))
print("a=b=c".partition("="), "abc".partition("="), "a=b=c".rpartition("="), "abc".rpartition("="), "".partition("x"))
for action in lambda: "a".split(""), lambda: "a".partition(""), lambda: "a".split(1), lambda: "a".split("b", "c"):
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
