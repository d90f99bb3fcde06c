# allows: RecursionError
C = type("C", (), {"m": lambda self: 1})
for n in range(3_000):
    exec(f"class C(C):\n    def m(self): return super().m()")
print(C().m())
