def size(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"
print([size(n) for n in (-1, 0, 5, 50)])
if []: print("never")
if not []: print("empty is false")
print("one line" if 1 else "never")
if 1: x = 1; y = 2
print(x, y)
