def gen():
    print("max:", max((yield "a"), (yield "b"), key=len))
    print((yield "sep"), (yield "end"), sep="-")

g = gen()
next(g)
for value in "long word", "x", 1, 2:
    try:
        print("->", g.send(value))
    except StopIteration:
        print("finished")
