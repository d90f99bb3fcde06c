for n in range(2, 8):
    for d in range(2, n):
        if n % d == 0:
            print(n, "=", d, "*", n // d)
            break
    else:
        print(n, "is prime")
for _ in []: pass
else: print("nothing to do")
for i in range(3):
    if i == 1: continue
    print(i)
else:
    print("continue does not skip else")
