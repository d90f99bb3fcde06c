def show(cls, depth=0):
    print("  " * depth + cls.__name__)
    wanted = [c for c in cls.__subclasses__() if c.__module__ == "builtins" and "Warning" not in c.__name__]
    for sub in sorted(wanted, key=lambda c: c.__name__):
        show(sub, depth + 1)
show(BaseException)
print(IOError is OSError, EnvironmentError is OSError)
