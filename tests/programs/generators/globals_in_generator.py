total = 0

def adder():
    global total
    while True:
        total += yield total

a = adder()
next(a)
for n in range(5):
    a.send(n)
print(total)
