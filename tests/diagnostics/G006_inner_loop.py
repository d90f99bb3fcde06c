rows = [1, 2, 3]
it = (r for r in rows)
for a in range(2):
    for b in it:
        print(a, b)
