# allows: OK SyntaxError RecursionError MemoryError TypeError ValueError
exec(compile("(" * 20_000 + "a" + ",)" * 20_000 + " = 1", "<deep>", "exec"))
