s = "abc"
for expression in """
s.replace("x", "y") == s
s.strip() == s
str(s) is s
s[:] is s
s + "" == s
s.__len__()
s.__getitem__(1)
s.__contains__("b")
s.__add__("d")
s.__mul__(2)
s.__eq__(5)
s.__lt__("b")
s.__hash__() == hash(s)
s.__str__()
s.__repr__()
s.__iter__().__class__.__name__
s.__format__(">5")
str.upper("x")
str.join("-", "ab")
list(map(str.strip, [" a ", "b "]))
sorted(["b", "A"], key=str.lower)
"abc".__class__
str.__name__
""".strip().splitlines():
    print(expression, "->", eval(expression))
