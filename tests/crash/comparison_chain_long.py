# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "<".join(["1"] * 50_000), "<deep>", "exec"))
