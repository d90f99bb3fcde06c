program = "def f(x):\n    return 1 / x\nf(0)\n"
exec(program)
