for source in (
    "*a = [1]", "*a, *b = [1]", "a, 1 = 2, 3", "f() = 1", "a + b = 1", "None = 1", "x = *y",
    "(a, b) += 1", "[a, b] = c = d", "*a", "print(*)", "a = 1 = b", "'s' = 1", "{a} = 1", "(yield) = 1",
    "a.b, c[0], *d = e", "lambda: 1 = 2", "a if b else c = 1", "x + 1 += 2", "True = 1",
    "__debug__ = 1",
):
    try:
        compile(source, "<t>", "exec")
        print(source, "-> fine")
    except SyntaxError as error:
        print(source, "->", error.msg)
