# allows: OK SyntaxError RecursionError MemoryError
body = "    x = x + 1\n" * 40_000
exec(compile("x = 0\nfor i in range(2):\n" + body + "assert x == 80_000", "<long>", "exec"))
