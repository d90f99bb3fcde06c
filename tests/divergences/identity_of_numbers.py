# Cause: small integers and most floats are part of the word that refers to them, so equal ones are one and the same.
# CPython: False, False, False, except where it happens to share the object.
# Workaround: compare numbers with ==.
a, b = 1000, int("1000")
print(a is b)
x, y = 0.5, 1 / int("2")
print(x is y)
print(id(a) == id(b))
big, other = 2 ** 70, int("1180591620717411303424")
print(big == other, big is other)
