# allows: SyntaxError RecursionError MemoryError
exec(compile("(" * 100_000, "<deep>", "exec"))
