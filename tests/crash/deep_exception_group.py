# allows: OK
group = ValueError("leaf")
for _ in range(100_000):
    group = ExceptionGroup("g", [group])
try:
    group.split(KeyError)
except RecursionError:
    pass
try:
    repr(group)
except RecursionError:
    pass
group = None
print("freed")
