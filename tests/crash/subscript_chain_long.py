# allows: OK TypeError SyntaxError RecursionError MemoryError
x = []
x.append(x)
exec(compile("y = x" + "[0]" * 100_000, "<deep>", "exec"))
