# allows: OK SyntaxError RecursionError MemoryError
source = "def f():\n" + "".join(f"    v{i} = {i}\n" for i in range(70_000)) + "    return v69999\nassert f() == 69999"
exec(compile(source, "<long>", "exec"))
