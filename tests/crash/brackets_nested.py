# allows: SyntaxError RecursionError MemoryError OK
exec(compile("x = " + "(" * 100_000 + "1" + ")" * 100_000, "<deep>", "exec"))
