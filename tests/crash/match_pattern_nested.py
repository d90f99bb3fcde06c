# allows: OK SyntaxError RecursionError MemoryError
exec(compile("match 1:\n case " + "[" * 20_000 + "x" + "]" * 20_000 + ": pass\n", "<deep>", "exec"))
