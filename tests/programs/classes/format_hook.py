class Money:
    def __init__(self, n): self.n = n
    def __format__(self, spec): return f"<{spec}|{self.n}>"
class Plain: 
    def __str__(self): return "plain"
m = Money(5)
print(f"{m}", f"{m:abc}", f"{m:{'x'}>{3}}", format(m), format(m, "q"), "{:z} {0}".replace("{0}", "{}").format(m, m))
print(f"{Plain()}", format(Plain()))
for action in (
    lambda: f"{Plain():>10}",
    lambda: format(Plain(), "d"),
    lambda: format([], "x"),
    lambda: format(None, "5"),
):
    try:
        print(action())
    except TypeError as error:
        print(error)
class Bad:
    def __format__(self, spec): return 5
try:
    f"{Bad()}"
except TypeError as error:
    print(error)
