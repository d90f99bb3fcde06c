# allows: OK AttributeError SyntaxError RecursionError MemoryError
x = 1
exec(compile("y = x" + ".real" * 100_000, "<deep>", "exec"))
