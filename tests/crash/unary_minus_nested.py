# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "-" * 100_000 + "1", "<deep>", "exec"))
