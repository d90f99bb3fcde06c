# allows: OK SyntaxError RecursionError MemoryError
f = lambda: f
exec(compile("y = f" + "()" * 100_000, "<deep>", "exec"))
