class Tracked:
    def __init__(self, **values):
        object.__setattr__(self, "_log", [])
        for k, v in values.items(): setattr(self, k, v)
    def __setattr__(self, name, value):
        old = self.__dict__.get(name, "<unset>")
        self._log.append(f"{name}: {old} -> {value}")
        super().__setattr__(name, value)
    def __delattr__(self, name):
        self._log.append(f"{name} deleted")
        super().__delattr__(name)
    def __getattr__(self, name): return f"<no {name}>"
t = Tracked(a=1, b=2)
t.a += 10
del t.b
print(t.a, t.b, t._log)
