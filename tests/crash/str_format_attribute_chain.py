# allows: OK MemoryError
("{0" + ".real" * 100_000 + "}").format(1)
