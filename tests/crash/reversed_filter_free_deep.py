# allows: OK
f = iter([1])
for _ in range(200_000):
    f = filter(None, f)
f = None
print("freed")
