code = compile("def f(x):\n    return 1 / x\nf(0)\n", "made.py", "exec")
exec(code)
