for expression in r"""
"aaa".replace("a", "b")
"aaa".replace("a", "b", 2)
"abc".replace("", "-")
"abc".replace("", "-", 2)
"abc".replace("b", "")
"".replace("", "x")
"aXbX".replace("X", "YY", -1)
"aaa".replace("a", "b", count=1)
",".join(["a", "b"])
"".join("abc")
"-".join([])
"-".join(["x"])
", ".join(str(n) for n in range(3))
"ab".join("xy")
" ".join({"k": 1})
"  x ".strip()
"  x ".lstrip() + "|"
"  x ".rstrip()
"xxaxx".strip("x")
"abcba".strip("ab")
"\n\ta\u3000".strip()
"abc".strip("")
"www.x.com".lstrip("w.")
"abc".strip(None)
""".strip().splitlines():
    print(expression, "->", eval(expression))
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"), "x".removeprefix("yy"), "aa".removesuffix(""), "xx".removeprefix("x"))
for action in (
    lambda: ",".join([1, 2]),
    lambda: ",".join(["a", None]),
    lambda: ",".join(5),
    lambda: "a".replace("a"),
    lambda: "a".strip(1),
):
    try:
        action()
    except TypeError as error:
        print(error)
