# allows: OK
a = list(range(5))
big = 2 ** 80
assert a[-big:big] == a and a[big:] == [] and a[::big] == [0] and a[::-big] == [4] and a[big::-1] == a[::-1]
a[big:big] = [9]
del a[-big:-big]
assert "abc"[-big:big] == "abc" and range(5)[-big:big] == range(5) and b"abc"[1:big] == b"bc"
assert slice(None, None, -1).indices(0) == (-1, -1, -1)
for index in big, -big:
    try:
        a.insert(index, 1)
    except OverflowError as error:
        print(error)
