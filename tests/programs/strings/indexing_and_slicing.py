s = "hello, 世界!"
for expression in """
s[0]
s[-1]
s[7]
s[-2]
s[1:4]
s[:3]
s[7:]
s[::-1]
s[::2]
s[-3:]
s[5:2]
s[100:]
s[-100:2]
s[4:1:-1]
s[10:0:-3]
len(s)
[c for c in "añ😀"]
list(reversed("añ😀"))
"añ😀"[2]
len("añ😀")
"😀x"[1]
"añ😀"[::-1]
s[slice(1, 3)]
s[None:None]
""".strip().splitlines():
    print(expression, "->", eval(expression))
for action in (
    lambda: s[20],
    lambda: s[-20],
    lambda: s["a"],
    lambda: s[1.0],
    lambda: s[::0],
    lambda: s["a":],
    lambda: ""[0],
):
    try:
        action()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    s[0] = "H"
except TypeError as error:
    print(error)
try:
    del s[0]
except TypeError as error:
    print(error)
