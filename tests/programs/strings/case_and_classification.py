for s in "hello World", "ÉCOLE", "straße", "ǆ", "they're 2nd", "ΑΣ", "", "123", "ﬁ", "İ":
    print(repr(s), s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
tests = ["isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable", "isascii"]
for s in (
    "abc", "123", "²", "½", "一", "a1", " \t", "ABC", "Abc Def", "", "a_b", "1a", "é", "\n", "٣",
    "class", "A1", "\u200b",
):
    print(repr(s), [t[2:] for t in tests if getattr(s, t)()])
