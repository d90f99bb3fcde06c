# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "[" * 5_000 + "1" + " for i in (1,)]" * 5_000, "<deep>", "exec"))
