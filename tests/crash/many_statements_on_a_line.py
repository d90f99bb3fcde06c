# allows: OK SyntaxError RecursionError MemoryError
exec(compile("a = 1;" * 100_000, "<long>", "exec"))
