# allows: OK IndentationError SyntaxError RecursionError MemoryError
exec(compile("".join(" " * n + "if 1:\n" for n in range(1_000)) + " " * 1_000 + "pass\n", "<deep>", "exec"))
