# allows: OK
a = []
for _ in range(1_000_000):
    a = [a]
del a
print("freed")
