# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "1 if 0 else " * 100_000 + "1", "<deep>", "exec"))
