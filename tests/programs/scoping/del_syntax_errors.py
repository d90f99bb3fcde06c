for source in (
    "del f()", "del 5", "del a + b", "del (x, 1)", "del [a, b.c, d[0]]", "del *a", "del x if y else z",
    "del None", "del",
):
    try:
        compile(source, "<t>", "exec")
        print(source, "-> fine")
    except SyntaxError as error:
        print(source, "->", error.msg)
