# allows: OK SyntaxError RecursionError MemoryError
names = ", ".join(f"p{i}" for i in range(5_000))
exec(compile(f"def f({names}): return p4999\nassert f({', '.join(map(str, range(5_000)))}) == 4999", "<long>", "exec"))
