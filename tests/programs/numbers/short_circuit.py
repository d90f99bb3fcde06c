def show(x):
    print("eval", repr(x))
    return x
print(show(0) and show(1))
print(show(1) and show(2) and show(0) and show(3))
print(show(0) or show("") or show(5) or show(6))
print(show(1) or show(0) and show(2))
print(not show(0) or show(1))
print(show(2) if show(1) else show(3))
x = show([]) or show({}) or None
if show(0) or show(1) and not show(0):
    print("taken", x)
while show(0) and show(1):
    pass
