# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = [" + ",".join(map(str, range(100_000))) + "]\nassert len(x) == 100_000", "<long>", "exec"))
