for expression in r"""
"a" + "b"
"ab" * 3
3 * "ab"
"x" * 0
"x" * -1
"a" < "b"
"a" < "B"
"abc" < "abd"
"" < "a"
"a" == "a"
"é" == "e\u0301"
"z" < "é"
"Z" > "A"
max("hello")
min("hello")
sorted("hello")
""".strip().splitlines():
    print(expression, "->", eval(expression))
s = "x"
s += "y"; s *= 2
print(s, "a" "b" 'c', "a" in "abc", not "", hash("abc") == hash("ab" + "c"))
print("a" != 1, "1" == 1, [1] == "1", "a" <= "a" <= "b")
for action in (
    lambda: "a" + 1,
    lambda: 1 + "a",
    lambda: "a" * "b",
    lambda: "a" < 1,
    lambda: "a" - "b",
    lambda: -"a",
    lambda: "a" * 1.0,
):
    try:
        action()
    except TypeError as error:
        print(error)
