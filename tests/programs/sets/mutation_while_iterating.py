s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as error:
    print(error)
try:
    for x in s:
        s.remove(x)
except RuntimeError as error:
    print(error)
for x in list(s):
    s.discard(x)
print(s)
