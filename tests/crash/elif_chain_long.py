# allows: OK SyntaxError RecursionError MemoryError
exec(compile("if 0: pass\n" + "elif 0: pass\n" * 20_000, "<deep>", "exec"))
