class Dynamic:
    real = "real"
    def __getattr__(self, name):
        if name.startswith("x"):
            return f"made {name}"
        raise AttributeError(f"no {name} here")
d = Dynamic()
print(d.real, d.xyz, getattr(d, "x1"), getattr(d, "zzz", "default"), hasattr(d, "x"), hasattr(d, "y"))
try:
    d.other
except AttributeError as error:
    print(error, error.name, error.obj is d)
d.xyz = "stored"
print(d.xyz)
