# allows: OK
a = {}
for _ in range(200_000):
    a = {"k": a}
a = None
print("freed")
