x = 10
for expression in r"""
eval("x + 1"), eval("  1 + 1"), eval("(1,\n2)") if False else 0, eval("[i for i in range(3)]"), eval("x", {"x": 99}), eval("x + y", {"x": 1}, {"y": 2}), eval("lambda: x")(), eval(compile("x * 2", "f", "eval"))
exec("x = 5"), x
eval("")
eval("x =")
eval("import os")
eval(5)
exec(5)
compile("1 +", "name", "exec")
compile("1", "name", "wrong")
eval("nope")
eval("1", 5)
eval("1", {}, 5)
compile("a = 1; b", "f", "eval")
compile("a\nb", "f", "single")
""".strip().splitlines():
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression, "->", result)
code = compile("for i in range(2):\n    print('in exec', i)\n", "<made>", "exec")
print(type(code).__name__, code.co_filename, code.co_name)
exec(code)
ns = {}
exec("def f(a, b=2):\n    return a * b\nclass C: pass", ns)
print(ns["f"](3), ns["C"].__name__, ns["C"].__module__, sorted(k for k in ns if not k.startswith("__")))
exec(compile("5 + 5", "<s>", "single"))
