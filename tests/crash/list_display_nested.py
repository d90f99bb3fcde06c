# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "[" * 100_000 + "]" * 100_000, "<deep>", "exec"))
