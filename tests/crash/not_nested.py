# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "not " * 100_000 + "True", "<deep>", "exec"))
