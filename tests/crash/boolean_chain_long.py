# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + " and ".join(["1"] * 100_000), "<deep>", "exec"))
