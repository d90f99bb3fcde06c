# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "+".join(["1"] * 100_000), "<deep>", "exec"))
