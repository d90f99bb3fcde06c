# allows: OK SyntaxError RecursionError MemoryError
exec(compile("x = " + "{1:" * 100_000 + "2" + "}" * 100_000, "<deep>", "exec"))
