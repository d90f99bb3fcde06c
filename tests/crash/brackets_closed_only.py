# allows: SyntaxError
exec(compile(")" * 100_000, "<deep>", "exec"))
