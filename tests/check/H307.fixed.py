import sys

print("hello")
for i in 1, 2:
    print(i, i * 2)
print("%d%%" % 5) ; print("a", end=' ')
print("b")
print("error", file=sys.stderr)
print()
