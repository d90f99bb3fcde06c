known = 1
def __getattr__(name):
    if name == "missing": raise AttributeError("no missing")
    if name.startswith("__"): raise AttributeError(name)
    return f"made {name}"
def __dir__(): return ["b", "a"]
