x = 5
x += 2; x -= 1; x *= 4; x /= 3; print(x)
x = 17
x //= 3; x **= 3; x %= 50; print(x)
x <<= 3; x >>= 1; x |= 3; x &= 0b1110; x ^= 0xff; print(x)
a = b = [1]
a += [2]
print(a is b, b)
a = a + [3]
print(a is b, b)
s = t = "a"
s += "b"
print(s, t)
d = {"k": [1]}
d["k"] += (2, 3)
print(d)
t = ([1],)
try:
    t[0] += [2]
except TypeError as error:
    print(error, t)
