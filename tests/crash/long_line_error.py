# allows: SyntaxError
exec(compile("x = '" + "a" * 1_000_000, "<long>", "exec"))
