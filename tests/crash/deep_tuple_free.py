# allows: OK
a = ()
for _ in range(500_000):
    a = (a,)
a = None
print("freed")
