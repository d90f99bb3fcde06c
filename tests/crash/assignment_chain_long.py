# allows: OK SyntaxError RecursionError MemoryError
exec(compile("a = " * 50_000 + "1", "<deep>", "exec"))
