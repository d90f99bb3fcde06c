# allows: SyntaxError ValueError
exec("x = 1\0 + 2")
