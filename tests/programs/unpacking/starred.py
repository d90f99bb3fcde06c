first, *rest = range(4)
*init, last = "abc"
a, *mid, z = [1, 2]
print(first, rest, init, last, a, mid, z)
(x, *y), *w = [(1, 2, 3), 4, 5]
print(x, y, w)
*all_, = "hi"
print(all_)
for head, *tail in [(1,), (2, 3), (4, 5, 6)]:
    print(head, tail)
