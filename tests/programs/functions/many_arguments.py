names = [f"a{i}" for i in range(300)]
source = f"def f({', '.join(names)}): return {' + '.join(names)}"
exec(source)
print(f(*range(300)))
print(f(**{n: 1 for n in names}))
exec("print(max(" + ", ".join(map(str, range(400))) + "))")
try:
    f(*range(298))
except TypeError as error:
    print(error)
