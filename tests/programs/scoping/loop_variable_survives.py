for i in range(3):
    pass
print(i)
for j in []:
    pass
print("j" in globals())
for a, (b, *c) in [(1, (2, 3, 4))]:
    pass
print(a, b, c)
for d in range(5):
    if d == 2:
        break
else:
    print("no break")
print(d)
