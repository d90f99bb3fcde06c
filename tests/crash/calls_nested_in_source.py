# allows: OK SyntaxError RecursionError MemoryError
f = lambda x: x
exec(compile("x = " + "f(" * 100_000 + "1" + ")" * 100_000, "<deep>", "exec"))
