for source in (
    "x := 1", "(x := 1)", "f(x=y := 1)", "(x.y := 1)", "(x[0] := 1)", "(a, b := 1)", "((a, b) := 1)",
    "[x := 0 for x in y]", "[y for x in (y := z)]", "lambda: x := 1", "lambda: (x := 1)",
    "def f(x=y := 1): pass", "class C: [z := 1 for _ in w]", "[i for i in range(3) if (i := 1)]",
    "x = y := 1", "print(x := 1)", "x[y := 1]", "(5 := 1)", "assert x := 1", "if x := 1: pass",
    "with (x := y): pass", "@x := y\ndef f(): pass",
):
    try:
        compile(source, "<t>", "exec")
        print(source, "-> fine")
    except SyntaxError as error:
        print(source, "->", error.msg)
