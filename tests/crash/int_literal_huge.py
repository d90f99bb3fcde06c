# allows: SyntaxError
eval("9" * 100_000)
