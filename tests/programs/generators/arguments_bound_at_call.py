def gen(a, b=2, *args, c, **kw):
    yield a, b, args, c, kw

print(next(gen(1, c=3)))
print(next(gen(1, 2, 3, 4, c=5, d=6)))
try:
    gen(1)
except TypeError as error:
    print("at the call:", error)
try:
    gen()
except TypeError as error:
    print("at the call:", error)
