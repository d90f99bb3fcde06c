a = [3, 2, 1]
def key(x):
    a.append(99)
    return x
try:
    a.sort(key=key)
except ValueError as error:
    print(error)
print(a)
seen = []
b = [2, 1]
b.sort(key=lambda x: seen.append(len(b)) or x)
print(seen, b)
