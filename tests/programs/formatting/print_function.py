import sys
print()
print(1, "two", None, sep="-", end="!\n")
print("a", "b", sep="")
print("no newline", end="")
print(" then", *["x", "y"], sep="\n")
print("also on stdout", file=sys.stdout)
print(sep="x", end="only end\n")
class Writer:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
    def flush(self): self.parts.append("<flush>")
w = Writer()
print("x", 1, file=w, flush=True)
print(w.parts)
for bad in {"sep": 5}, {"end": 1}, {"file": 5}:
    try:
        print("x", "y", **bad)
    except (TypeError, AttributeError) as error:
        print(error)
print("none means default", 1, sep=None, end=None, file=None)
