# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "lambda: " * 20_000 + "1", "<deep>", "exec"))
