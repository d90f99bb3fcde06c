for spec in (
    "d", "5", "<5", ">5", "^5", "=+6", "05", "+", " ", "-", "x", "X", "#x", "#X", "o", "#o", "b", "#b",
    "#010x", ",", "_", "_x", "_b", "c", "n", "e", ".2f", "%", "g", "*>8", "*=8", "0=8", "+,d", " ,",
    "08,", "#_b", "z.1f", "010_d", "<010", "^+9d", "E", ".3e", ".0%",
):
    print(repr(spec), "|".join([format(65, spec), format(-1234567, spec) if spec != "c" else "-", format(0, spec) if spec != "c" else "-"]))
for expression in """
format(10 ** 30, ",")
format(10 ** 30, "_x")
format(2 ** 100, "e")
format(True, "d")
format(True)
format(True, "5")
""".strip().splitlines():
    print(expression, "->", eval(expression))
