def items():
    print("evaluated")
    return [1, 2, 3]
for x in items():
    print(x)
i = 0
def limit():
    global i
    i += 1
    return i < 3
while limit():
    print("loop", i)
