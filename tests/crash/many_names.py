# allows: OK SyntaxError RecursionError MemoryError
exec(compile("\n".join(f"name{i} = {i}" for i in range(70_000)) + "\nassert name69999 == 69999", "<long>", "exec"))
