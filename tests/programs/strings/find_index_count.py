s = "hello hello"
for expression in """
s.find("l")
s.find("l", 4)
s.find("l", 4, 6)
s.find("zz")
s.rfind("l")
s.rfind("hello", 0, 8)
s.find("")
s.find("", 20)
s.rfind("")
s.find("h", -5)
s.find("o", -100, 100)
s.index("lo")
s.rindex("lo")
s.count("l")
s.count("ll")
s.count("")
s.count("l", 3, 9)
"aaaa".count("aa")
"".count("")
"日本語日".find("日", 1)
"é".count("e")
""".strip().splitlines():
    print(expression, "->", eval(expression))
print("ell" in s, "xyz" not in s, "" in "", "" in s)
for action in lambda: s.index("q"), lambda: s.rindex("q"), lambda: s.find(1), lambda: 1 in s, lambda: s.find():
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
for expression in """
s.startswith("he")
s.startswith(("x", "he"))
s.startswith("l", 2)
s.endswith("lo")
s.endswith("lo", 0, 5)
s.endswith(())
s.startswith("")
s.startswith("hello", 6, 8)
""".strip().splitlines():
    print(expression, "->", eval(expression))
try:
    s.startswith(["he"])
except TypeError as error:
    print(error)
