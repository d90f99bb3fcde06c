ns = {"a": 1}
exec("b = a + 1\ndef f(): return a + b", ns)
print(ns["b"], ns["f"](), "__builtins__" in ns)
loc = {}
exec("c = 5\nd = c * 2", {}, loc)
print(loc)
print(eval("x + y", {"x": 1}, {"y": 2}), eval("[i for i in range(n)]", {"n": 3}))
exec("print('from exec', z)", {"z": 9})
try:
    eval("x = 1")
except SyntaxError as error:
    print(error.msg)
code = compile("1 + 2", "<c>", "eval")
print(eval(code), exec("pass"))
