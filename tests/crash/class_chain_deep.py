# allows: OK RecursionError MemoryError
C = object
for n in range(2_000):
    C = type(f"C{n}", (C,), {})
C().attribute if hasattr(C(), "attribute") else None
print(isinstance(C(), object), len(C.__mro__))
