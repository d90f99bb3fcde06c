import warnings

seen = []


def show(message, category, filename, lineno, file=None, line=None):
    seen.append((str(message), category.__name__, lineno))


original = warnings.showwarning
warnings.showwarning = show
warnings.warn("to the program")
warnings.warn_explicit("placed", RuntimeWarning, "other.py", 12)
warnings.showwarning = original
print(seen)
