a = [1, 2, 3]
for x in a:
    if x < 3 and len(a) < 6:
        a.append(x * 10)
    print(x, end=" ")
print(a)
b = [1, 2, 3, 4]
for x in b:
    b.remove(x)
print(b)
c = [1, 2, 3]
it = iter(c)
next(it)
c.clear()
print(list(it), list(it))
c.extend([7, 8, 9])
print(list(it))
d = [1, 2, 3, 4]
r = reversed(d)
print(next(r))
d.pop(); d.pop()
print(list(r))
it = iter([1, 2, 3])
print(it.__length_hint__(), next(it), it.__length_hint__())
