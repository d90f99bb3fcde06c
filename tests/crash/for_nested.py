# allows: OK IndentationError SyntaxError RecursionError MemoryError
exec(compile("".join(" " * n + "for i in ():\n" for n in range(90)) + " " * 90 + "pass\n", "<deep>", "exec"))
