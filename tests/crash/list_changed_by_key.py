# allows: OK ValueError
a = list(range(50))
def key(x):
    a.clear()
    a.extend("abc")
    return x
try:
    a.sort(key=key)
except ValueError as error:
    print(error)
print(len(a))
