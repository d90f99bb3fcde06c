print([1, "a", None, 1.5, b"x", (1,), {2}, {"k": [3]}, frozenset({4}), range(3), slice(1, 2), ..., 1j, True])
for expression in """
()
(1,)
[]
{}
set()
frozenset()
bytearray(b"ab")
range(1, 10, 2)
memoryview(b"a").tolist()
{1: {2: {3: 4}}}
""".strip().splitlines():
    print(expression, "->", eval(expression))
a = [1]; a.append(a); print(a)
d = {}; d["self"] = d; print(d)
t = ([],); t[0].append(t); print(t)
print(str([chr(9), "é", "\x00", "'", '"', "'\"", "\\", "\u200b", "\U0001f600", "\ud800", "\xa0", "\xad"]))
for expression in r"""
repr("it's")
repr('say "hi"')
repr("both ' and \"")
ascii("é\U0001f600")
repr(b"\x00\xff'\"\n")
repr("\r\n\t\x7f\x80")
""".strip().splitlines():
    print(expression, "->", eval(expression))
