def match(pattern, text):
    def here(p, t):
        if not p: yield t
        elif len(p) > 1 and p[1] == "*":
            yield from here(p[2:], t)
            while t and p[0] in (t[0], "."):
                t = t[1:]
                yield from here(p[2:], t)
        elif t and p[0] in (t[0], "."):
            yield from here(p[1:], t[1:])
    return any(rest == "" for rest in here(pattern, text))
for pattern, text in (
    ("a*b", "aaab"), ("a*b", "b"), (".*x", "abcx"), ("a.c", "abc"), ("a.c", "ac"), ("", ""),
    ("x*", "xxy"),
):
    print(pattern, text, match(pattern, text))
