n = 3
while n:
    print(n)
    n -= 1
else:
    print("condition became false")
while True:
    n += 1
    if n == 2: continue
    if n == 4: break
    print("at", n)
else:
    print("never")
while False: pass
else: print("else at once")
