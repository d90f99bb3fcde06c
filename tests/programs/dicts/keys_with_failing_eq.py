class Bad:
    def __init__(self, name): self.name = name
    def __hash__(self): return 1
    def __eq__(self, other): raise ValueError(f"eq of {self.name}")
b = Bad("first")
d = {b: 1}
print(d[b])
for action in (
    lambda: d[Bad("second")],
    lambda: Bad("third") in d,
    lambda: d.setdefault(Bad("fourth")),
    lambda: {b, Bad("fifth")},
):
    try:
        action()
    except ValueError as error:
        print(error)
print(len(d))
