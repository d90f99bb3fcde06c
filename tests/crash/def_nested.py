# allows: OK IndentationError SyntaxError RecursionError MemoryError
exec(compile("".join(" " * n + "def f():\n" for n in range(95)) + " " * 95 + "pass\n", "<deep>", "exec"))
